using System.CommandLine;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office completion</c>: what a shell needs to complete nouns, verbs and options.</summary>
internal static class CompletionCommand
{
    public static Command Build(Streams io)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "fish", "pwsh");
        var verb = new Verb("completion", "Writes the script that completes commands in a shell.", "source <(office completion bash)", "office completion fish | source").With(shell);
        verb.SetAction(parsed =>
        {
            io.Out.Write(Script(parsed.GetRequiredValue(shell)));
            return ExitCode.Ok;
        });
        return verb;
    }

    // The program answers '[suggest:POSITION] "line"' itself.
    private static string Script(string shell) => shell switch
    {
        "bash" => """
            _office() {
              local IFS=$'\n'
              COMPREPLY=($(compgen -W "$(office "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}"))
            }
            complete -o default -F _office office

            """,
        "zsh" => """
            _office() {
              local -a words_found
              words_found=("${(@f)$(office "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
              compadd -a words_found
            }
            compdef _office office

            """,
        "fish" => """
            complete -f -c office -a '(office "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'

            """,
        _ => """
            Register-ArgumentCompleter -Native -CommandName office -ScriptBlock {
              param($word, $line, $position)
              office "[suggest:$position]" "$line" | ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
            }

            """,
    };
}
