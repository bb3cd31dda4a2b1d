using System.Diagnostics;
using Xunit.Abstractions;

namespace ProductionOffice.Expressions.Tests.JavaScript;

/// <summary>Skips without Node 18 or newer.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute() => Skip = int.TryParse(Version().TrimStart('v').Split('.')[0], out var major) && major >= 18 ? null : "needs Node 18 or newer: apt-get install nodejs";

    private static string Version()
    {
        try
        {
            using var node = Process.Start(new ProcessStartInfo("node", ["--version"]) { RedirectStandardOutput = true })!;
            return node.StandardOutput.ReadToEnd();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "";
        }
    }
}

public sealed class NodeTests(ITestOutputHelper output)
{
    private const int Count = 1500;

    [Fact]
    public void Every_expression_of_the_table_gives_what_node_gave()
    {
        var table = Value.ParseJson(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "JavaScript", "node-table.json")));
        var cases = table["cases"].AsList();

        var results = Value.ParseJson(ExpressionSuite.Run(table.ToJson()))["cases"].AsList();

        Differences(cases.Zip(results, (test, result) => (test["expr"].ToString(), test, result))).ShouldBeEmpty();
    }

    // The same expressions each time, so that a red run is red again; others are tried by setting EXPRESSION_SEED.
    [NodeFact]
    public void Random_expressions_give_what_node_gives()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("EXPRESSION_SEED"), out var given) ? given : 20;
        output.WriteLine($"EXPRESSION_SEED={seed}");
        var random = new RandomExpressions(seed);
        var expressions = Enumerable.Range(0, Count).Select(_ => random.Next()).ToList();
        var scope = Value.ParseJson("""{"xs":[3,1,10,2],"a":7,"s":"12","n":null,"o":{}}""");

        var answers = Value.ParseJson(AskNode(scope, expressions)).AsList();
        var results = Value.ParseJson(ExpressionSuite.Run(Suite(scope, expressions)))["cases"].AsList();

        Differences(expressions.Zip(answers, results)).ShouldBeEmpty($"EXPRESSION_SEED={seed}");
    }

    private static List<string> Differences(IEnumerable<(string Expression, Value Wanted, Value Result)> all) =>
        [.. all.Where(one => !IsSame(one.Wanted, one.Result)).Select(one => $"{one.Expression}: node {Shown(one.Wanted, "value")}, here {Shown(one.Result, "actual")}")];

    // What the language leaves out, or ends early, is no difference.
    private static bool IsSame(Value wanted, Value result) => result["error"].ToString() is "forbidden" or "limit"
        || (wanted["error"].Kind == ValueKind.String
            ? wanted["error"] == result["error"]
            : result["error"].IsNullish && wanted["value"].ToJson() == result["actual"].ToJson());

    private static string Shown(Value answer, string name) => answer["error"].IsNullish ? answer[name].ToJson() : answer["error"].ToString();

    private static string Suite(Value scope, List<string> expressions)
    {
        var suite = new ObjectValue();
        suite.Set("scopes", Value.From(new ObjectValue { ["all"] = scope }));
        suite.Set("cases", Value.From(new ListValue(expressions.Select(expression =>
            Value.From(new ObjectValue { ["expr"] = Value.From(expression), ["scope"] = Value.From("all") })))));
        return Value.From(suite).ToJson();
    }

    private static string AskNode(Value scope, List<string> expressions)
    {
        var question = new ObjectValue { ["scope"] = scope, ["cases"] = Value.From(new ListValue(expressions.Select(expression => Value.From(expression)))) };
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "JavaScript", "node-answers.js")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            Environment = { ["TZ"] = "UTC" },
        };
        using var node = Process.Start(start)!;
        node.StandardInput.Write(Value.From(question).ToJson());
        node.StandardInput.Close();
        var answer = node.StandardOutput.ReadToEnd();
        node.WaitForExit();
        return answer;
    }
}
