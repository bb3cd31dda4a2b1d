using System.Text.Json;

namespace ProductionOffice.Expressions.Tests;

public sealed class ValueTests
{
    [Fact]
    public void A_value_takes_sixteen_bytes() => System.Runtime.CompilerServices.Unsafe.SizeOf<Value>().ShouldBe(16);

    [Fact]
    public void Integer_like_names_come_first_and_the_rest_as_added()
    {
        var fields = Value.ParseJson("""{"b":1,"10":2,"9":3,"a":4,"01":5}""").AsObject();

        fields.Keys.ShouldBe(["9", "10", "b", "a", "01"]);
        fields.Remove("10").ShouldBeTrue();
        fields.Keys.ShouldBe(["9", "b", "a", "01"]);
    }

    [Fact]
    public void Many_fields_are_found_again()
    {
        var fields = new ObjectValue();
        for (var i = 0; i < 100; i++)
            fields.Set($"f{i}", Value.From((double)i));
        fields.Remove("f50");

        fields["f99"].AsNumber().ShouldBe(99);
        fields.TryGet("f50", out _).ShouldBeFalse();
        fields.Count.ShouldBe(99);
    }

    [Fact]
    public void Values_with_the_same_data_are_equal()
    {
        Value.ParseJson("""{"a":[1,{"b":null}],"c":2}""").ShouldBe(Value.ParseJson("""{"c":2,"a":[1,{"b":null}]}"""));
        Value.From(double.NaN).ShouldBe(Value.From(double.NaN));
        Value.From("1").ShouldNotBe(Value.From(1.0));
        Value.ParseJson("[1,2]").GetHashCode().ShouldBe(Value.ParseJson("[1,2]").GetHashCode());
    }

    [Fact]
    public void A_value_of_another_kind_is_refused()
    {
        Should.Throw<InvalidOperationException>(() => Value.From("x").AsNumber());
        Should.Throw<JsonException>(() => Value.ParseJson("{"));
    }

    [Fact]
    public void Json_is_taken_over_and_written()
    {
        using var document = JsonDocument.Parse("""{"a":[1,"é\ud83c",true,null]}""");
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            Value.FromJson(document.RootElement).WriteTo(writer);

        Value.ParseJson(stream.ToArray()).ShouldBe(Value.FromJson(document.RootElement));
        Value.Undefined.ToJson().ShouldBe("null");
        Value.From(DateTimeOffset.UnixEpoch).ToJson().ShouldBe("\"1970-01-01T00:00:00.000Z\"");
    }

    [Fact]
    public void A_date_keeps_its_moment() =>
        Value.From(new DateTimeOffset(2026, 3, 14, 6, 30, 0, TimeSpan.FromHours(-7))).AsDate().ShouldBe(new DateTimeOffset(2026, 3, 14, 13, 30, 0, TimeSpan.Zero));
}
