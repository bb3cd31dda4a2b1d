using System.CommandLine;
using System.Text.Json.Nodes;
using ProductionOffice.Expressions;

namespace ProductionOffice.Server.Commands;

/// <summary><c>office expression</c>: the language of templates and workflows.</summary>
internal static class ExpressionCommands
{
    public static Command Build(Streams io)
    {
        var output = new OutputOptions();
        var file = new Argument<string>("FILE") { Description = "Case file: scopes and cases of expr and scope" };
        var verb = new Verb("test", "Evaluates a file of expressions and shows what each gives.", "office expression test expressions.json -o json").With(file);
        output.AddTo(verb);
        verb.SetAction(parsed => Test(io, parsed.GetValue(output.Format), parsed.GetRequiredValue(file)));
        return Verb.Noun("expression", "The language of templates and workflows.", verb);
    }

    private static int Test(Streams io, string? format, string file)
    {
        if (!File.Exists(file))
            throw CommandFailure.NoFile(file, "Check the path.");

        try
        {
            var answer = ExpressionSuite.Run(File.ReadAllText(file));
            if (format == "json")
                io.Out.WriteLine(answer);
            else
                Listing.Write(io, format, [.. JsonNode.Parse(answer)!["cases"]!.AsArray().Select(Row)], ["index", "expr", "gives"]);
            return ExitCode.Ok;
        }
        catch (FormatException e)
        {
            throw new CommandFailure(ExitCode.Invalid, "suite-unreadable", $"'{file}' is no file of expressions: {e.Message}", "Give a file with \"scopes\" and \"cases\".");
        }
    }

    private static JsonObject Row(JsonNode? test) => new()
    {
        ["index"] = test!["index"]!.DeepClone(),
        ["expr"] = test["expr"]?.DeepClone(),
        ["gives"] = test["error"] is { } error ? $"error: {error}" : JsonText.OneLine(test["actual"]),
    };
}
