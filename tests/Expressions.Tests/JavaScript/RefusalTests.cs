namespace ProductionOffice.Expressions.Tests.JavaScript;

public sealed class RefusalTests
{
    [Theory]
    [InlineData("a = 1")]
    [InlineData("a.b[0] ||= 1")]
    [InlineData("[a] = [1]")]
    [InlineData("a++ + 1")]
    [InlineData("--a.b")]
    [InlineData("a & 1 | 2")]
    [InlineData("a instanceof b")]
    [InlineData("`${1, 2}`")]
    [InlineData("a => b => a")]
    [InlineData("[1].map(async x => { return x })")]
    [InlineData("new Map([[1, 2]]).size")]
    [InlineData("/[/](a)/gi.test(s)")]
    [InlineData("s.split(/,/)")]
    [InlineData("tag`a${1}`")]
    [InlineData("12n + 0xfn")]
    [InlineData("({ get a() { return 1 } })")]
    [InlineData("(function (x) { return x })(1)")]
    [InlineData("({ __proto__ })")]
    public void What_the_language_leaves_out_is_forbidden(string source) =>
        Run.Failure(() => Expression.Parse(source)).Kind.ShouldBe("forbidden");

    [Theory]
    [InlineData("1 = a")]
    [InlineData("a = ")]
    [InlineData("a ? b : c + d = 1")]
    [InlineData("a?.b = 1")]
    [InlineData("f() ??= 1")]
    [InlineData("1++")]
    [InlineData("a++ b")]
    [InlineData("a &")]
    [InlineData("x =>")]
    [InlineData("1 + x => x")]
    [InlineData("new Date?.()")]
    [InlineData("/a")]
    [InlineData("/a/gg")]
    [InlineData("1.5n")]
    [InlineData("({ , })")]
    [InlineData("function")]
    [InlineData("tr\\u0075e")]
    [InlineData("\\u{d83c}")]
    public void What_no_JavaScript_can_read_is_told_as_such(string source) =>
        Run.Failure(() => Expression.Parse(source)).Kind.ShouldBe("syntax");
}
