using System.IO.Compression;

namespace ProductionOffice.Server.Tests.Api;

[Collection(OfficeServerTests.Name)]
public sealed class CrewListTests(OfficeServer office)
{
    [Theory]
    [InlineData("coordinator")]
    [InlineData("pa")]
    public async Task The_crew_list_stands_by_department_without_rates_and_with_agents_instead_of_cast_phones(string account)
    {
        using var client = office.Client(account);
        using var zip = new ZipArchive(await client.GetStreamAsync(new Uri("/office/v1/crew-list", UriKind.Relative)));
        var text = string.Concat(zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)).Select(Read));

        text.IndexOf("Set Lighting", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("Xiomara Blythe", StringComparison.Ordinal));
        text.ShouldContain("Copperfield &amp; Rowe");
        text.ShouldNotContain("7200");
        text.ShouldNotContain("(505) 555-0108", customMessage: "the phone of a cast member");
    }

    private static string Read(ZipArchiveEntry entry)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd();
    }
}
