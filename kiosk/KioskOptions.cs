namespace ProductionOffice.Kiosk;

/// <summary>What was asked for on the command line.</summary>
internal sealed record KioskOptions
{
    public string Data { get; private init; } = "./kiosk-data";

    public string? Server { get; private init; }

    public string? Code { get; private init; }

    public string? Name { get; private init; }

    public bool IsHeadless { get; private init; }

    public string? Script { get; private init; }

    public bool Dump { get; private init; }

    public bool Help { get; private init; }

    /// <exception cref="FormatException">The arguments cannot be understood; the message says which.</exception>
    public static KioskOptions Parse(IReadOnlyList<string> args)
    {
        var options = new KioskOptions();
        for (var i = 0; i < args.Count; i++)
        {
            var at = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = at < 0 ? args[i] : args[i][..at];
            options = name switch
            {
                "--headless" => options with { IsHeadless = true },
                "--dump" => options with { Dump = true },
                "--help" or "-h" => options with { Help = true },
                "--data" => options with { Data = Value() },
                "--server" => options with { Server = Address(Value()) },
                "--pair" => options with { Code = Value() },
                "--name" => options with { Name = Value() },
                "--script" => options with { Script = Value() },
                _ => throw new FormatException($"'{args[i]}' is not known. --help lists what is."),
            };

            string Value() => at >= 0 ? args[i][(at + 1)..] : ++i < args.Count ? args[i] : throw new FormatException($"{name} wants a value.");
        }

        if (options.Script is not null && !options.IsHeadless)
            throw new FormatException("--script goes with --headless.");
        return options;
    }

    private static string Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https") && uri.Host.Length > 0
            ? text.TrimEnd('/') : throw new FormatException($"'{text}' is not an address such as http://office.local:5000.");
}
