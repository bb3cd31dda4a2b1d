using FsCheck;
using FsCheck.Fluent;

namespace ProductionOffice.Expressions.Tests.JavaScript;

public sealed class LawTests
{
    private static readonly string[] Words =
    [
        "a", "xs", "1", "'t'", "`", "${", "}", "(", ")", "[", "]", "{", "}", "=>", ",", ".", "?.", "?", ":", "...", "+", "-", "**", "!", "typeof ",
        "??", "||", "&&", "==", "<", " in ", "new Date(", "map", "if", "const x = ", "return ", ";", "\n", "|", "money", "\\", "\"", "/", "//", "/*", "=", "0x", "é", "\ud83c",
    ];

    [Fact]
    public void Reading_and_running_any_text_ends_in_a_value_or_an_expression_error()
    {
        var texts = Gen.Elements(Words).ListOf().Select(string.Concat);

        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            Try(() => Run.Expression(text, """{"a":1,"xs":[1,2]}"""));
            Try(() => Script.Parse(text));
            Try(() => Pipeline.Parse(text, FormatterTable.Standard).Evaluate(Run.Context("""{"a":1,"xs":[1,2]}""")));
            Try(() => LiquidTemplate.Parse(text).Render(Run.Context("""{"a":1,"xs":[1,2]}""")));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }

    [Fact]
    public void Arbitrary_characters_end_in_a_value_or_an_expression_error() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => Try(() => Run.Expression(text ?? ""))).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_value_read_from_its_JSON_is_the_same_value() =>
        Prop.ForAll(Values(3).ToArbitrary(), value => Value.ParseJson(value.ToJson()) == value).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    [Fact]
    public void A_number_read_from_its_text_is_the_same_number() =>
        Prop.ForAll(ArbMap.Default.ArbFor<double>(), number => Value.ParseJson(Value.From(double.IsFinite(number) ? number : 0).ToString()) == Value.From(double.IsFinite(number) ? number : 0))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    private static Gen<Value> Values(int depth)
    {
        var leaves = Gen.OneOf(
            ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite).Select(number => Value.From(number + 0.0)),
            ArbMap.Default.GeneratorFor<string>().Select(Value.From),
            ArbMap.Default.GeneratorFor<bool>().Select(Value.From));
        if (depth == 0)
            return leaves;
        var lists = Values(depth - 1).ListOf().Select(items => Value.From(new ListValue(items)));
        var objects = ArbMap.Default.GeneratorFor<string>().Where(name => name is not null).Zip(Values(depth - 1)).ListOf().Select(pairs =>
        {
            var fields = new ObjectValue();
            foreach (var (name, value) in pairs)
                fields.Set(name, value);
            return Value.From(fields);
        });
        return Gen.OneOf(leaves, lists, objects);
    }

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (ExpressionException error)
        {
            error.Kind.ShouldNotBeEmpty();
        }
    }
}
