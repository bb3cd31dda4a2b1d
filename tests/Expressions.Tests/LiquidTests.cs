namespace ProductionOffice.Expressions.Tests;

public sealed class LiquidTests
{
    private const string Data = """{"Variables":{"Name":"kei ito","Rate":58.25,"Tags":["key","gaffer"],"Start":"2026-04-06","Empty":""},"Input":{"Ok":true}}""";

    [Theory]
    [InlineData("Hello {{ Variables.Name | upcase }}!", "Hello KEI ITO!")]
    [InlineData("{{ Variables.Missing }}|{{ Variables.Missing | default: 'TBC' }}", "|TBC")]
    [InlineData("{{ Variables.Start | date: '%B %-d, %Y' }}", "April 6, 2026")]
    [InlineData("{{ Variables.Tags | join: ', ' }} {{ Variables.Tags.size }} {{ Variables.Tags[1] }}", "key, gaffer 2 gaffer")]
    [InlineData("{% if Input.Ok and Variables.Rate > 50 %}yes{% elsif true %}maybe{% else %}no{% endif %}", "yes")]
    [InlineData("{% unless Input.Ok %}a{% else %}b{% endunless %}", "b")]
    [InlineData("{% for t in Variables.Tags %}{{ forloop.index }}{{ t }}{% unless forloop.last %}, {% endunless %}{% endfor %}", "1key, 2gaffer")]
    [InlineData("{% for i in (1..3) reversed %}{{ i }}{% else %}-{% endfor %}", "321")]
    [InlineData("{% assign total = Variables.Rate | times: 2 | plus: 1 %}{{ total }}", "117.5")]
    [InlineData("a {%- if true -%} b {%- endif %} c", "ab c")]
    [InlineData("{% if Variables.Empty == empty %}blank{% endif %}{% if Variables.Name contains 'ito' %}!{% endif %}", "blank!")]
    [InlineData("{% comment %} {{ x }} {% endcomment %}{% raw %}{{ x }}{% endraw %}", "{{ x }}")]
    [InlineData("{% case Variables.Rate %}{% when 1, 2 %}few{% when 58.25 or 60 %}union{% else %}other{% endcase %}", "union")]
    [InlineData("{% case Variables.Missing %} x {% when 1 %}one{% else %}none{% endcase %}", "none")]
    [InlineData("{% for i in (1..9) %}{% if i == 2 %}{% continue %}{% endif %}{% if i > 4 %}{% break %}{% endif %}{{ i }}{{ forloop.rindex0 }} {% endfor %}.", "18 36 45 .")]
    [InlineData("{% for i in (1..9) limit: 3 offset: 2 reversed %}{{ i }}{% endfor %}", "543")]
    [InlineData("a {%- raw -%} {{ x }} {%- endraw -%} b{% echo 1 | plus: 1 | at_least: 5 %}", "a{{ x }}b5")]
    [InlineData("{{ 'a-b-c' | replace_first: '-', '+' | remove_first: '-' }} {{ '1,2,3' | split: ',' | sum }}", "a+bc 6")]
    [InlineData("{% capture c %}<{{ Variables.Name }}>{% endcapture %}{{ c | append: '.' | escape }}", "&lt;kei ito&gt;.")]
    [InlineData("{{ 'a,b' | split: ',' | reverse | join: '-' }} {{ 7 | divided_by: 2 }} {{ 3.14159 | round: 2 }}", "b-a 3 3.14")]
    public void A_liquid_text_is_filled_in(string source, string expected) =>
        LiquidTemplate.Parse(source).Render(Run.Context(Data)).ShouldBe(expected);

    [Theory]
    [InlineData("{{ x | upcse }}", "formatter")]
    [InlineData("{% if x %}", "syntax")]
    [InlineData("{% endif %}", "syntax")]
    [InlineData("{{ x", "syntax")]
    [InlineData("{% tablerow x %}", "syntax")]
    [InlineData("{% for i in (1..9999999) %}{% endfor %}", "limit")]
    [InlineData("{% for i in (1..1000) %}{% for j in (1..2000) %}x{% endfor %}{% endfor %}", "limit")]
    [InlineData("{% case 1 %}{% when 1 %}", "syntax")]
    [InlineData("{% for i in (1..1000) %}{% assign a = (1..200000) | sort | reverse | uniq %}{% endfor %}", "limit")]
    [InlineData("{{ 1 | divided_by: 0 }}", "range")]
    public void A_wrong_liquid_text_is_told(string source, string kind) =>
        Run.Failure(() => LiquidTemplate.Parse(source).Render(Run.Context(Data))).Kind.ShouldBe(kind);

    [Fact]
    public void What_fails_while_a_liquid_text_runs_is_told_with_its_place() =>
        Run.Failure(() => LiquidTemplate.Parse("ab {{ 1 | divided_by: 0 }}").Render(Run.Context(Data))).Column.ShouldBe(7);
}
