using System.Xml.Linq;
using ProductionOffice.TestKit;

namespace ProductionOffice.Engine.Tests;

/// <summary>Who may refer to whom; the reasons stand in the README of each folder.</summary>
public sealed class ProjectReferenceTests
{
    [Theory]
    [InlineData("engine/Expressions", "")]
    [InlineData("engine/Engine", "Expressions")]
    [InlineData("templates/Rendering", "Expressions")]
    [InlineData("workflows/Office", "")]
    [InlineData("workflows/Workflows", "Engine Templates Office")]
    [InlineData("engine/Server", "Workflows")]
    [InlineData("kiosk", "Office")]
    public void A_project_refers_only_to_those_it_may(string folder, string allowed)
    {
        var project = Directory.EnumerateFiles(Path.Combine(Tools.Root, folder), "*.csproj").ShouldHaveSingleItem();

        var references = XDocument.Load(project).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')).Replace("ProductionOffice.", "", StringComparison.Ordinal));

        references.Except(allowed.Split(' ')).ShouldBeEmpty();
    }
}
