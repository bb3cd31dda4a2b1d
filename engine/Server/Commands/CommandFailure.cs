using System.Text.Json.Nodes;

namespace ProductionOffice.Server.Commands;

/// <summary>A verb cannot do what was asked: one line for people, one object for programs, one number for the shell.</summary>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
/// <param name="code">Stable word, for example <c>task-done</c>.</param>
/// <param name="problem">What, where, with which value.</param>
/// <param name="remedy">What to do; empty when nothing can be done.</param>
internal sealed class CommandFailure(int exitCode, string code, string problem, string remedy) : Exception($"{problem} {remedy}".TrimEnd())
{
    public int ExitCode { get; } = exitCode;

    public string Code { get; } = code;

    public string Problem { get; } = problem;

    public string Remedy { get; } = remedy;

    /// <summary>The problem as the server sent it; null when it never reached one.</summary>
    public JsonObject? Answer { get; init; }

    public static CommandFailure Usage(string problem, string remedy) => new(Commands.ExitCode.Usage, "usage", problem, remedy);

    public static CommandFailure NoFile(string path, string remedy) => new(Commands.ExitCode.NotFound, "file-not-found", $"There is no file '{path}'.", remedy);

    /// <summary>As a problem object, for <c>-o json</c> on standard error.</summary>
    public JsonObject ToJson()
    {
        var json = Answer?.DeepClone().AsObject() ?? new JsonObject { ["type"] = "about:blank", ["title"] = Problem, ["status"] = null, ["code"] = Code, ["detail"] = Problem, ["remedy"] = Remedy };
        json["exitCode"] = ExitCode;
        return json;
    }
}
