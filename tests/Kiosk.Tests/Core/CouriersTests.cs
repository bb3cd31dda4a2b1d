using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Tests.Core;

public sealed class CouriersTests
{
    [Theory]
    [InlineData("1Z999AA10123456784", "1Z999AA10123456784", "UPS")]
    [InlineData("1z410e7w0392751591", "1Z410E7W0392751591", "UPS")]
    [InlineData("1Z410E7W0392751592", "1Z410E7W0392751592", null)]
    [InlineData("986578788855", "986578788855", "FedEx")]
    [InlineData("986578788854", "986578788854", null)]
    [InlineData("9632001960000000000400152152152158", "152152152158", "FedEx")]
    [InlineData("9400111202555842332669", "9400111202555842332669", "USPS")]
    [InlineData("420902109400111202555842332669", "9400111202555842332669", "USPS")]
    [InlineData("73891051146", "73891051146", null)]
    [InlineData("3318810025", "3318810025", "DHL")]
    [InlineData("C11031500001879", "C11031500001879", "OnTrac")]
    [InlineData("RB123456785GB", "RB123456785GB", "Post GB")]
    [InlineData("RB123456785US", "RB123456785US", "USPS")]
    [InlineData("TBA000000000000", "TBA000000000000", "Amazon")]
    [InlineData("HELLO", "HELLO", null)]
    [InlineData("\u001d986578788855\u001d", "986578788855", "FedEx")]
    public void A_courier_is_named_by_pattern_and_check_digit(string scanned, string number, string? courier) =>
        Couriers.Recognise(scanned).ShouldBe(new Tracking(number, courier));
}
