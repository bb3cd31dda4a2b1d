using System.Diagnostics;

namespace ProductionOffice.Expressions.Tests.JavaScript;

public sealed class LimitTests
{
    [Theory]
    [InlineData("'x'.repeat(1e9)")]
    [InlineData("'x'.padStart(2e6)")]
    [InlineData("'x'.padEnd(1e15, 'ab')")]
    [InlineData("Array.from({ length: 1e9 })")]
    [InlineData("Array.from({ length: 1e6 }).map((x, i) => i)")]
    [InlineData("Array.from({ length: 1e6 }).concat([1])")]
    [InlineData("[...Array.from({ length: 1e6 }), 1]")]
    [InlineData("Array.from({ length: 1e6 }).join('ab')")]
    [InlineData("Array.from({ length: 1000 }).map(x => 'ab'.repeat(5e5))")]
    [InlineData("Array.from({ length: 1000 }).map(x => Array.from({ length: 1e6 }))")]
    [InlineData("Array.from({ length: 3000 }).map(x => ({ ...Array.from({ length: 3000 }) }))")]
    [InlineData("Array.from({ length: 1e5 }).reduce(a => [a], [])+''")]
    [InlineData("JSON.stringify(Array.from({ length: 5000 }).reduce(a => [a], []))")]
    [InlineData("Array.from({ length: 5000 }).reduce(a => [a], []).flat(Infinity)")]
    [InlineData("JSON.parse('['.repeat(5000) + ']'.repeat(5000))")]
    [InlineData("JSON.stringify(Array.from({ length: 1000 }).reduce(a => [a, 1], []), null, 'xxxxxxxxxx')")]
    [InlineData("('a'.repeat(1e6) + 'b')")]
    [InlineData("'a'.repeat(1e6).replaceAll('a', 'bb')")]
    [InlineData("'a'.repeat(1000).replaceAll('', '$`')+'a'.repeat(1e6)")]
    [InlineData("Array.from({ length: 500 }).map(x => 'a'.repeat(9e5).indexOf('a'.repeat(2e5) + 'b' + 'a'.repeat(2e5)))")]
    [InlineData("Array.from({ length: 1000 }).map(x => Array.from({ length: 1000 }).map(y => 1))")]
    [InlineData("Array.from({ length: 30 }).reduce(s => s + s, 'x')")]
    [InlineData("`${'x'.repeat(6e5)}${'x'.repeat(6e5)}`")]
    [InlineData("Array.from({ length: 60 }).reduce(a => [a, a], [])")]
    [InlineData("Array.from({ length: 60 }).reduce(a => ({ a, b: a }), {})")]
    [InlineData("encodeURIComponent('é'.repeat(5e5))")]
    public void Too_much_work_is_refused_in_time(string source)
    {
        var watch = Stopwatch.StartNew();
        var before = GC.GetTotalAllocatedBytes();

        Run.Failure(() => Run.Expression(source)).Kind.ShouldBe("limit");

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        (GC.GetTotalAllocatedBytes() - before).ShouldBeLessThan(1L << 30);
    }

    [Theory]
    [InlineData("'x'.repeat(1e6).length", 1e6)]
    [InlineData("Array.from({ length: 1e6 }).length", 1e6)]
    [InlineData("Array.from({ length: 1e5 }, (_, i) => i).reduce((a, b) => a + b)", 4999950000)]
    [InlineData("Array.from({ length: 1e5 }).fill === undefined ? 1 : 0", -1)]
    public void Work_up_to_the_limit_is_done(string source, double expected)
    {
        if (expected < 0)
            Run.Failure(() => Run.Expression(source)).Kind.ShouldBe("forbidden");
        else
            Run.Expression(source).AsNumber().ShouldBe(expected);
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("Math.max(", "1", ")")]
    [InlineData("[1].map(x => ", "1", ")")]
    [InlineData("`${", "1", "}`")]
    public void A_small_stack_ends_no_process(string opening, string inside, string closing)
    {
        var source = string.Concat(Enumerable.Repeat(opening, 190)) + inside + string.Concat(Enumerable.Repeat(closing, 190));
        string? kind = null;

        var thread = new Thread(() => kind = Record.Exception(() => Run.Expression(source)) is ExpressionException error ? error.Kind : "value", 256 * 1024);
        thread.Start();
        thread.Join();

        kind.ShouldBeOneOf("limit", "value");
    }

    [Fact]
    public void A_source_longer_than_16384_characters_is_refused() =>
        Run.Failure(() => Expression.Parse(new string(' ', 16_384) + "1")).Kind.ShouldBe("limit");

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("!", "")]
    [InlineData("- ", "")]
    [InlineData("2 ** ", "")]
    [InlineData("f(", ")")]
    [InlineData("{ a: ", "}")]
    [InlineData("`${", "}`")]
    [InlineData("[1].map(x => ", ")")]
    [InlineData("[1].map((a = ", ") => a)")]
    [InlineData("a[", "]")]
    public void Nesting_deeper_than_200_is_refused(string open, string close)
    {
        Run.Failure(() => Expression.Parse(Nested(open, close, 1000))).Kind.ShouldBe("limit");
        Should.NotThrow(() => Expression.Parse(Nested(open, close, 60)));
    }

    [Fact]
    public void Long_chains_are_not_nesting()
    {
        Run.Expression("1" + string.Concat(Enumerable.Repeat("+1", 8000))).AsNumber().ShouldBe(8001);
        Run.Expression("o" + string.Concat(Enumerable.Repeat("?.x", 5000)), """{"o":{}}""").Kind.ShouldBe(ValueKind.Undefined);
        Run.Expression(string.Concat(Enumerable.Repeat("0 ? 1 : ", 2000)) + "2").AsNumber().ShouldBe(2);
    }

    [Fact]
    public void An_outermost_evaluation_starts_with_a_full_budget()
    {
        var context = Run.Context();
        var expression = Expression.Parse("Array.from({ length: 1e5 }, (_, i) => i).length");

        for (var i = 0; i < 20; i++)
            expression.Evaluate(context).AsNumber().ShouldBe(1e5);
    }

    private static string Nested(string open, string close, int count) =>
        string.Concat(Enumerable.Repeat(open, count)) + "1" + string.Concat(Enumerable.Repeat(close, count));
}
