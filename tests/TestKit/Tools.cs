using System.Runtime.CompilerServices;
using Xunit;

namespace ProductionOffice.TestKit;

/// <summary>Finds optional programs and the project's own folders.</summary>
public static class Tools
{
    /// <summary>The repository's root, from where this source file lies.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The full path of a program on the PATH, or null.</summary>
    public static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);

    /// <summary>Why a test that needs the program is skipped, or null when it is there. In CI nothing may be missing.</summary>
    public static string? Missing(string program, string package)
    {
        if (Find(program) is not null)
            return null;

        return Environment.GetEnvironmentVariable("CI") == "true"
            ? throw new InvalidOperationException($"CI must have '{program}': install the package {package}.")
            : $"needs '{program}': install the package {package}";
    }

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here)!);
        while (!File.Exists(Path.Combine(folder.FullName, "ProductionOffice.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException($"No ProductionOffice.sln above {here}.");
        return folder.FullName;
    }
}

/// <summary>A test that turns documents into pages with LibreOffice.</summary>
public sealed class SofficeFactAttribute : FactAttribute
{
    /// <summary>Skips where <c>soffice</c> is not on the PATH.</summary>
    public SofficeFactAttribute() => Skip = Tools.Missing("soffice", "libreoffice-writer libreoffice-calc");
}

/// <summary>A test that drives a real terminal through tmux.</summary>
public sealed class TmuxFactAttribute : FactAttribute
{
    /// <summary>Skips where <c>tmux</c> is not on the PATH.</summary>
    public TmuxFactAttribute() => Skip = Tools.Missing("tmux", "tmux");
}

/// <summary>A test that drives a real browser.</summary>
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <summary>Skips where <c>chromium</c> is not on the PATH.</summary>
    public ChromiumFactAttribute() => Skip = Tools.Missing("chromium", "chromium");
}
