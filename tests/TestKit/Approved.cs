using System.Runtime.CompilerServices;
using Shouldly;

namespace ProductionOffice.TestKit;

/// <summary>Compares a text with the approved one beside the test; <c>APPROVE=1</c> writes it instead.</summary>
public static class Approved
{
    /// <summary>Holds <paramref name="actual"/> against <c>{test file}.{name}.approved.txt</c>.</summary>
    public static void Match(string actual, string name, [CallerFilePath] string testFile = "")
    {
        var stem = Path.Combine(Path.GetDirectoryName(testFile)!, Path.GetFileNameWithoutExtension(testFile) + "." + name);
        var text = actual.ReplaceLineEndings("\n").TrimEnd('\n') + "\n";
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
        {
            File.WriteAllText(stem + ".approved.txt", text);
            return;
        }

        var approved = File.Exists(stem + ".approved.txt") ? File.ReadAllText(stem + ".approved.txt") : "";
        if (text != approved)
            File.WriteAllText(stem + ".received.txt", text);
        text.ShouldBe(approved, $"Differs from {stem}.approved.txt. If the new text is right: APPROVE=1 dotnet test");
    }
}
