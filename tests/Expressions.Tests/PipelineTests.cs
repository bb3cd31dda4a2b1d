namespace ProductionOffice.Expressions.Tests;

public sealed class PipelineTests
{
    [Theory]
    [InlineData("“a”", "\"a\"")]
    [InlineData("total – paid", "total - paid")]
    [InlineData("Math.max(…xs)", "Math.max(...xs)")]
    [InlineData("a ≥ 1 && b ≠ 2", "a >= 1 && b !== 2")]
    [InlineData("½ × 3 ÷ 4", "(1/2) * 3 / 4")]
    [InlineData("‘it\\’s “x” – y’", "'it\\'s “x” – y'")]
    [InlineData("na\u00ADme\u200B\u00A0| upper", "name | upper")]
    public void What_word_processors_do_to_a_tag_is_undone(string typed, string meant) => TagText.Normalize(typed).ShouldBe(meant);

    [Theory]
    [InlineData("deal.rate | money", "deal.rate")]
    [InlineData("crew.filter(c => c.dept === dept).map(({ name }) => name)", "crew[].dept dept crew")]
    [InlineData("deal.rate * hours + Math.max(a, b)", "deal.rate hours a b")]
    [InlineData("x | or: other.name", "x other.name")]
    [InlineData("deal.tags.length", "deal.tags")]
    public void Free_paths_name_the_data_a_tag_reads(string tag, string paths) =>
        string.Join(' ', Pipeline.Parse(tag, FormatterTable.Standard).FreePaths).ShouldBe(paths);

    [Theory]
    [InlineData("deal.rate", true, false)]
    [InlineData("? deal.rate", true, true)]
    [InlineData("deal?.rate", false, true)]
    [InlineData("deal.rate ?? 1", false, true)]
    [InlineData("deal.rate | or: 1", true, true)]
    [InlineData("deal['rate']", false, false)]
    public void A_tag_says_whether_it_is_a_plain_path_and_answers_for_missing_values(string tag, bool plain, bool answers)
    {
        var pipeline = Pipeline.Parse(tag, FormatterTable.Standard);

        pipeline.IsPlainPath.ShouldBe(plain);
        pipeline.AnswersMissing.ShouldBe(answers);
    }

    [Theory]
    [InlineData("if")]
    [InlineData("for.class")]
    [InlineData("package.new")]
    public void A_field_may_be_called_like_a_word_of_the_language(string tag) =>
        Run.Tag(tag, """{"if":"1","for":{"class":"1"},"package":{"new":"1"}}""").ShouldBe("1");

    [Fact]
    public void Reading_stops_before_a_word_that_follows()
    {
        var pipeline = Pipeline.ParsePrefix("for x in rows | sort: \"name\" drop", 9, FormatterTable.Standard, out var end);

        pipeline.Steps.Single().FirstText.ShouldBe("name");
        end.ShouldBe(29);
    }

    [Fact]
    public void A_missing_name_left_of_a_fallback_is_undefined_when_the_context_says_so()
    {
        var context = new EvaluationContext { Scope = new ObjectScope(new ObjectValue()), MissingIsNullish = true };

        Expression.Parse("note ?? 'x'").Evaluate(context).AsString().ShouldBe("x");
        Expression.Parse("note?.text").Evaluate(context).Kind.ShouldBe(ValueKind.Undefined);
        Run.Failure(() => Expression.Parse("note + 1").Evaluate(context)).Kind.ShouldBe("reference");
    }

    [Fact]
    public void An_unknown_name_is_told_with_the_nearest_one()
    {
        var error = Run.Failure(() => Run.Expression("1 + employe", """{"employee":1}"""));

        error.Suggest.ShouldBe("employee");
        error.Column.ShouldBe(5);
    }

    [Theory]
    [InlineData("x | number: width=3")]
    [InlineData("xs | sort: 5")]
    [InlineData("xs | sum: 5")]
    [InlineData("x | number: 1, 2")]
    public void A_wrong_argument_is_told_as_such(string tag) =>
        Run.Failure(() => Run.Tag(tag, """{"x":1,"xs":[{"a":1},{"a":2}]}""")).Kind.ShouldBe("formatter");
}
