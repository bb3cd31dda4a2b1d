using ProductionOffice.TestKit;

namespace ProductionOffice.Kiosk.Tests.Core;

public sealed class PurityTests
{
    [Theory]
    [InlineData("Console.")]
    [InlineData("File.")]
    [InlineData("System.IO")]
    [InlineData("HttpClient")]
    [InlineData("TimeProvider")]
    [InlineData("Stopwatch")]
    [InlineData("Guid.")]
    [InlineData("Random")]
    [InlineData("Environment.")]
    [InlineData("Kiosk.Terminal")]
    [InlineData("Kiosk.Data")]
    public void The_core_knows_neither_console_nor_disk_nor_clock_nor_network(string word) =>
        Directory.GetFiles(Path.Combine(Tools.Root, "kiosk", "Core"), "*.cs", SearchOption.AllDirectories)
            .Where(f => File.ReadAllText(f).Contains(word, StringComparison.Ordinal)).Select(Path.GetFileName).ShouldBeEmpty();
}
