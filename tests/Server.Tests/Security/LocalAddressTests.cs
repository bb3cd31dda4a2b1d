using ProductionOffice.Server.Security;

namespace ProductionOffice.Server.Tests.Security;

public sealed class LocalAddressTests
{
    [Theory]
    [InlineData("/", "/")]
    [InlineData("/paperwork?dept=CAM#x", "/paperwork?dept=CAM#x")]
    [InlineData("//host", "/")]
    [InlineData("/\\host", "/")]
    [InlineData("/a\\b", "/")]
    [InlineData("/\n/host", "/")]
    [InlineData("https://host", "/")]
    [InlineData("paperwork", "/")]
    [InlineData("", "/")]
    [InlineData(null, "/")]
    public void Only_a_path_of_this_office_is_gone_to(string? given, string target) => LocalAddress.OrHome(given).ShouldBe(target);
}
