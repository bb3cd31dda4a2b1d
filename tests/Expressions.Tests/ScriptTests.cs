namespace ProductionOffice.Expressions.Tests;

public sealed class ScriptTests
{
    [Theory]
    [InlineData("1 + 1", "2")]
    [InlineData("return 5", "5")]
    [InlineData("var a = 2; return a * 4;", "8")]
    [InlineData("const { name, days: [first] } = getDeal()\nname + first", "Ann1")]
    [InlineData("let total = 0\ntotal += 5\ntotal *= 2\ntotal", "10")]
    [InlineData("if (getDeal().days.length > 2) { 'long' } else { 'short' }", "long")]
    [InlineData("if (false) return 1\nelse if (true) return 2\nelse return 3", "2")]
    [InlineData("let x\nx ??= 'set'\nx", "set")]
    [InlineData("({ a: 1 }).a", "1")]
    [InlineData("`Result: ${getDeal().name}`", "Result: Ann")]
    [InlineData("const days = getDeal().days;\nconst sum = days.reduce((a, b) => a + b, 0);\nsum", "6")]
    [InlineData("variables.Counter + 1", "8")]
    [InlineData("let a = 1; { let a = 2 } a", "1")]
    [InlineData("var a = 1; if (true) { var a = 2 } a", "2")]
    [InlineData("let b = 1; { let a = 2, b = 3; b } b", "1")]
    [InlineData("if (true) { var c = 7, d = c + 1 } d", "8")]
    [InlineData("setVariable('x', 4); getVariable('x') + 1", "5")]
    public void A_script_gives_its_last_value_or_what_it_returns(string source, string expected) =>
        Script.Parse(source).Run(Context(), new Host()).ToString().ShouldBe(expected);

    [Fact]
    public void Members_of_variables_are_set_through_the_host()
    {
        var host = new Host();

        Script.Parse("variables.Rate = 40 + 2\nvariables['Name'] = 'Kei'").Run(Context(), host);

        host.Set["variables.Rate"].AsNumber().ShouldBe(42);
        host.Set["variables.Name"].AsString().ShouldBe("Kei");
    }

    [Theory]
    [InlineData("for (let i = 0; i < 3; i++) i", "forbidden")]
    [InlineData("while (true) 1", "forbidden")]
    [InlineData("function f() {}", "forbidden")]
    [InlineData("const a = 1; a = 2", "type")]
    [InlineData("x = 1", "forbidden")]
    [InlineData("getDeal().name.first = 1", "forbidden")]
    [InlineData("const a", "syntax")]
    [InlineData("a; let a = 1", "reference")]
    [InlineData("let a = 1; let a = 2", "syntax")]
    [InlineData("let a = 1; var a = 2", "syntax")]
    [InlineData("let a = 1; a++", "forbidden")]
    [InlineData("if (true) { let b = 2 } b", "reference")]
    [InlineData("getNothing()", "reference")]
    [InlineData("variables.constructor", "forbidden")]
    [InlineData("other.x = 1", "type")]
    public void What_is_not_in_the_language_is_refused(string source, string kind) =>
        Run.Failure(() => Script.Parse(source).Run(Context(), new Host())).Kind.ShouldBe(kind);

    [Fact]
    public void Two_threads_may_run_one_script()
    {
        var script = Script.Parse("const xs = getDeal().days; xs.map(x => x * 2).reduce((a, b) => a + b)");

        Parallel.For(0, 200, _ => script.Run(Context(), new Host()).AsNumber().ShouldBe(12));
    }

    private static EvaluationContext Context() => Run.Context("""{"variables":{"Counter":7}}""");

    private sealed class Host : IScriptHost
    {
        private readonly Dictionary<string, Value> _variables = [];

        public Dictionary<string, Value> Set { get; } = [];

        public bool TryGetFunction(string name, out Func<IReadOnlyList<Value>, Value> function)
        {
            function = name switch
            {
                "getDeal" => _ => Value.ParseJson("""{"name":"Ann","days":[1,2,3]}"""),
                "setVariable" => arguments => _variables[arguments[0].AsString()] = arguments[1],
                "getVariable" => arguments => _variables[arguments[0].AsString()],
                _ => null!,
            };
            return function is not null;
        }

        public bool TrySetMember(string target, string member, Value value)
        {
            Set[$"{target}.{member}"] = value;
            return target == "variables";
        }
    }
}
