using ProductionOffice.TestKit;

namespace ProductionOffice.Studio.Tests;

/// <summary>A test that draws in the real designer with a real browser.</summary>
public sealed class StudioFactAttribute : FactAttribute
{
    /// <summary>Where the build of the program put the designer's files.</summary>
    public static readonly string Folder = Path.Combine(AppContext.BaseDirectory.Replace("ProductionOffice.Studio.Tests", "ProductionOffice.Server", StringComparison.Ordinal), "studio");

    /// <summary>Skips where there is no Chromium or the designer was not restored; in CI neither may be missing.</summary>
    public StudioFactAttribute() => Skip = Tools.Missing("chromium", "chromium") ?? Missing();

    private static string? Missing()
    {
        if (File.Exists(Path.Combine(Folder, ".restored")))
            return null;

        return Environment.GetEnvironmentVariable("CI") == "true"
            ? throw new InvalidOperationException("CI must have the designer: install the package npm and build again.")
            : "needs the designer: install the package npm and build again with a network";
    }
}
