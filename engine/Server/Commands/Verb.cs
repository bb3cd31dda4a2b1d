using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace ProductionOffice.Server.Commands;

/// <summary>A command that shows examples under its help.</summary>
internal sealed class Verb : Command
{
    public Verb(string name, string description, params string[] examples) : base(name, description) => Examples = examples;

    /// <summary>Whole command lines that work with the demo production.</summary>
    public IReadOnlyList<string> Examples { get; }

    public Verb With(params Option[] options)
    {
        foreach (var option in options)
            Add(option);
        return this;
    }

    public Verb With(params Argument[] arguments)
    {
        foreach (var argument in arguments)
            Add(argument);
        return this;
    }

    /// <summary>A noun that only groups verbs.</summary>
    public static Command Noun(string name, string description, params Command[] verbs)
    {
        var noun = new Command(name, description);
        foreach (var verb in verbs)
            noun.Add(verb);
        return noun;
    }
}

/// <summary>The usual help page, with the examples of the verb below it.</summary>
internal sealed class HelpWithExamples(HelpAction page) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        page.Invoke(parseResult);
        if (parseResult.CommandResult.Command is not Verb { Examples.Count: > 0 } verb)
            return ExitCode.Ok;

        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(verb.Examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in verb.Examples)
            output.WriteLine("  " + example);
        output.WriteLine();
        return ExitCode.Ok;
    }
}
