namespace ProductionOffice.Expressions.Tests.JavaScript;

public sealed class ConformanceTests
{
    public static TheoryData<string, int> Cases()
    {
        var data = new TheoryData<string, int>();
        foreach (var file in (string[])["expressions.json", "node-cases.json"])
        {
            for (var i = 0; i < Load(file)["cases"].AsList().Count; i++)
                data.Add(file, i);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void An_expression_gives_what_JavaScript_gives(string file, int index)
    {
        var suite = Load(file);
        var test = suite["cases"].AsList()[index];
        var one = new ObjectValue();
        one.Set("scopes", suite["scopes"]);
        one.Set("cases", Value.From(new ListValue([test])));

        var result = Value.ParseJson(ExpressionSuite.Run(Value.From(one).ToJson()))["cases"].AsList()[0];

        if (test["error"].Kind == ValueKind.String)
            Accepted(test["error"].AsString()).ShouldContain(result["error"].ToString(), test["expr"].ToString());
        else
            result["actual"].ToJson().ShouldBe(test["value"].ToJson(), test["expr"].ToString());
    }

    // What the language leaves out may also be answered as unreadable.
    private static string[] Accepted(string kind) => kind == "forbidden" ? ["forbidden", "syntax"] : [kind];

    private static readonly Dictionary<string, Value> Files = [];

    private static Value Load(string file)
    {
        lock (Files)
        {
            if (!Files.TryGetValue(file, out var value))
                Files[file] = value = Value.ParseJson(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, Path.GetFileName(file) == file && File.Exists(Path.Combine(AppContext.BaseDirectory, file)) ? file : Path.Combine("JavaScript", file))));
            return value;
        }
    }
}
