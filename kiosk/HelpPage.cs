using Spectre.Console;

namespace ProductionOffice.Kiosk;

/// <summary>What <c>office-kiosk --help</c> prints.</summary>
internal static class HelpPage
{
    private static readonly (string Option, string Text)[] Options =
    [
        ("--data DIR", "where journal, token and list are kept; ./kiosk-data when left out"),
        ("--server URL", "the office's server, for example http://office.local:5000"),
        ("--pair CODE", "pairs this desk with the code the board shows, then starts"),
        ("--name NAME", "what the desk is called; Front desk when left out"),
        ("--headless", "without a terminal, played by a script"),
        ("--script FILE", "the script: type, scan, key, paste, advance, clock, net, resize, wait-sync, dump"),
        ("--dump", "prints the screen when the script is over"),
    ];

    public static int Print()
    {
        AnsiConsole.MarkupLine("[bold]office-kiosk[/]: deliveries, hand-overs and crew at the front desk. F1 on any screen lists its keys.");
        var grid = new Grid().AddColumn(new GridColumn().PadLeft(2).PadRight(2).NoWrap()).AddColumn();
        foreach (var (option, text) in Options)
            grid.AddRow(new Text(option, new Style(Color.Teal)), new Text(text));
        AnsiConsole.Write(grid);
        AnsiConsole.WriteLine("Exit codes: 0 ended, 64 wrong use or no terminal, 70 failed, 74 cannot write, 75 already running, 78 wrongly set up.");
        return 0;
    }
}
