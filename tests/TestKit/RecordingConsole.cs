using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProductionOffice.TestKit;

/// <summary>Renders Spectre.Console output as plain text of a given width.</summary>
public static class RecordingConsole
{
    /// <summary>The text a terminal of <paramref name="width"/> columns would show, without colours.</summary>
    public static string Render(IRenderable renderable, int width = 80)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            ColorSystem = ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(writer),
        });
        console.Profile.Width = width;
        console.Write(renderable);
        return writer.ToString();
    }
}
