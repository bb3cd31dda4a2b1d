namespace ProductionOffice.Expressions.Tests.Formatters;

public sealed class FormatterTests
{
    private const string Data = """
        {"n":1234.5,"neg":-20,"p":0.0825,"big":1250000.005,"d":"2026-03-14","t":"2026-03-14T18:05:00","clock":"06:30","zone":"2026-03-14T18:05:00Z",
         "name":"maeve anne O'BYRNE","ssn":"123-45-6789","long":"North of Nowhere","addr":"1 Main St\nSanta Fe","nul":null,"empty":"","none":[],
         "ok":true,"no":false,"tags":["a","b","c"],"status":"a","phone":"505.555.0134",
         "crew":[{"n":"Zoë","d":"Camera","r":50.1,"days":5},{"n":"ana","d":"Grip","r":42.2,"days":4},{"n":"Bo","d":"Camera","r":61,"days":null}]}
        """;

    [Theory]
    [InlineData("n | number", "1,234.5")]
    [InlineData("n | number: 2", "1,234.50")]
    [InlineData("big | number: 2", "1,250,000.01")]
    [InlineData("1.005 | number: 2", "1.01")]
    [InlineData("-0.001 | number: 2", "0.00")]
    [InlineData("n | money", "$1,234.50")]
    [InlineData("neg | money", "-$20.00")]
    [InlineData("n | money: \"EUR\"", "€1,234.50")]
    [InlineData("n | money: 'JPY'", "¥1,235")]
    [InlineData("p | percent: 1", "8.3%")]
    [InlineData("p | percent", "8%")]
    [InlineData("1250 | words", "one thousand two hundred fifty")]
    [InlineData("121.5 | words", "one hundred twenty-one and 50/100")]
    [InlineData("[1, 2, 3, 4, 11, 12, 13, 21, 102, 111].map(x => x).length | ordinal", "10th")]
    [InlineData("22 | ordinal", "22nd")]
    [InlineData("113 | ordinal", "113th")]
    [InlineData("1 | plural: 'day', 'days'", "1 day")]
    [InlineData("2 | plural: 'day'", "2 days")]
    [InlineData("2.345 | round: 2", "2.35")]
    [InlineData("d | date", "Mar 14, 2026")]
    [InlineData("d | date: \"dddd, MMMM d, yyyy\"", "Saturday, March 14, 2026")]
    [InlineData("d | date: \"d/M/yy 'at' do\"", "14/3/26 at 14th")]
    [InlineData("t | time: \"h:mm a\"", "6:05 PM")]
    [InlineData("clock | time", "6:30 AM")]
    [InlineData("t | time: \"HH:mm:ss zzz\"", "18:05:00 UTC")]
    [InlineData("t | datetime", "Mar 14, 2026, 6:05 PM")]
    [InlineData("d | adddays: 7", "2026-03-21")]
    [InlineData("d | until: \"2026-04-01\"", "18")]
    [InlineData("name | upper", "MAEVE ANNE O'BYRNE")]
    [InlineData("name | lower", "maeve anne o'byrne")]
    [InlineData("name | title", "Maeve Anne O'byrne")]
    [InlineData("'two words' | sentence", "Two words")]
    [InlineData("'  x ' | trim", "x")]
    [InlineData("long | truncate: 10", "North of …")]
    [InlineData("ssn | mask: 4", "•••••••6789")]
    [InlineData("name | initials", "MAO")]
    [InlineData("phone | phone", "(505) 555-0134")]
    [InlineData("7 | pad: 5, \"0\"", "00007")]
    [InlineData("nul | or: \"TBC\"", "TBC")]
    [InlineData("missing.deep | or: \"TBC\"", "TBC")]
    [InlineData("empty | or: \"TBC\"", "TBC")]
    [InlineData("none | or: \"TBC\"", "TBC")]
    [InlineData("status | map: { a: \"Approved\" }", "Approved")]
    [InlineData("tags | json", "[\"a\",\"b\",\"c\"]")]
    [InlineData("ok | yesno", "Yes")]
    [InlineData("no | yesno: \"Paid\", \"Due\"", "Due")]
    [InlineData("ok | checkbox", "☒")]
    [InlineData("nul | checkbox", "☐")]
    [InlineData("tags | checkbox: \"b\"", "☒")]
    [InlineData("status | checkbox: \"b\"", "☐")]
    [InlineData("tags | join: \" / \"", "a / b / c")]
    [InlineData("crew | list: \"n\"", "Zoë, ana, and Bo")]
    [InlineData("crew | where: c => c.d === \"Camera\" | count", "2")]
    [InlineData("crew | sort: \"d\", \"-r\" | list: \"n\"", "Bo, Zoë, and ana")]
    [InlineData("crew | sort: \"n\" | list: \"n\"", "ana, Bo, and Zoë")]
    [InlineData("crew | groupBy: \"d\" | where: g => g.count > 1 | list: \"key\"", "Camera")]
    [InlineData("[1, 2, 1] | unique | join", "1, 2")]
    [InlineData("tags | first", "a")]
    [InlineData("tags | last: 2 | join: ''", "bc")]
    [InlineData("crew | sum: \"r\"", "153.3")]
    [InlineData("[0.1, 0.2] | sum", "0.3")]
    [InlineData("crew | avg: \"days\"", "4.5")]
    [InlineData("crew | min: c => c.r", "42.2")]
    [InlineData("crew | max: \"n\"", "Zoë")]
    [InlineData("nul | money", "")]
    [InlineData("? missing", "")]
    [InlineData("n | Money | UPPER", "$1,234.50")]
    public void A_formatter_gives_the_text_of_the_manual(string tag, string expected) => Run.Tag(tag, Data).ShouldBe(expected);

    [Theory]
    [InlineData("en-US", "1234567.5", "$1,234,567.50", "Mar 14, 2026")]
    [InlineData("en-GB", "1234567.5", "£1,234,567.50", "14 Mar 2026")]
    [InlineData("en-CA", "1234567.5", "$1,234,567.50", "Mar 14, 2026")]
    [InlineData("fr-CA", "1234567.5", "1 234 567,50 $", "14 mars 2026")]
    [InlineData("fr-FR", "1234567.5", "1\u202F234\u202F567,50 €", "14 mars 2026")]
    [InlineData("es-ES", "1234.5", "1234,50 €", "14 mar 2026")]
    [InlineData("es-MX", "1234.5", "$1,234.50", "14 mar 2026")]
    [InlineData("de-DE", "1234.5", "1.234,50 €", "14.03.2026")]
    [InlineData("it-IT", "12345.5", "12.345,50 €", "14 mar 2026")]
    public void Money_and_dates_follow_the_locale(string locale, string number, string money, string date)
    {
        Run.Tag($"{number} | money", locale: locale).Replace('\u00A0', ' ').ShouldBe(money);
        Run.Tag("\"2026-03-14\" | date", locale: locale).ShouldBe(date);
    }

    [Theory]
    [InlineData("fr-FR", 1881, "mille huit cent quatre-vingt-un")]
    [InlineData("fr-CA", 71, "soixante et onze")]
    [InlineData("es-ES", 1521, "mil quinientos veintiuno")]
    [InlineData("de-DE", 2301, "zweitausenddreihunderteins")]
    [InlineData("it-IT", 1828, "milleottocentoventotto")]
    public void Numbers_are_written_out_in_the_language_of_the_locale(string locale, int number, string words) =>
        Run.Tag($"{number} | words", locale: locale).ShouldBe(words);

    [Fact]
    public void A_moment_is_shown_in_the_zone_of_the_render()
    {
        var denver = TimeZoneInfo.FindSystemTimeZoneById("America/Denver");

        Run.Tag("zone | time: \"h:mm a zzz\"", Data, zone: denver).ShouldBe("12:05 PM MDT");
        Run.Tag("t | time: \"h:mm a\"", Data, zone: denver).ShouldBe("6:05 PM");
    }

    [Theory]
    [InlineData("nul | dropline", Drop.Line)]
    [InlineData("empty | droprow", Drop.Row)]
    public void A_blank_value_asks_to_drop_its_line_or_row(string tag, Drop drop) =>
        Pipeline.Parse(tag, FormatterTable.Standard).Evaluate(Run.Context(Data)).AsHost().ShouldBe(drop);

    [Fact]
    public void Lines_come_as_a_list_of_texts() =>
        ((Lines)Pipeline.Parse("addr | lines", FormatterTable.Standard).Evaluate(Run.Context(Data)).AsHost()).Texts.ShouldBe(["1 Main St", "Santa Fe"]);

    [Theory]
    [InlineData("n | mony", "money")]
    [InlineData("n | money: 5", null)]
    [InlineData("name | money", null)]
    [InlineData("n | date", null)]
    [InlineData("n | truncate: 0", null)]
    [InlineData("n | upper: 1", null)]
    [InlineData("n | join", null)]
    public void A_wrong_formatter_is_told(string tag, string? suggest)
    {
        var error = Run.Failure(() => Run.Tag(tag, Data));

        error.Kind.ShouldBe("formatter");
        error.Suggest.ShouldBe(suggest);
        error.Column.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_table_takes_formatters_with_named_arguments()
    {
        var table = FormatterTable.Standard.With("box", call => Value.FromHost($"[{call.Input} {call.Text(0, "3cm", "width")}]"));

        var value = Pipeline.Parse("n | box: width=\"2cm\"", table).Evaluate(Run.Context(Data));

        value.AsHost().ShouldBe("[1234.5 2cm]");
    }
}
