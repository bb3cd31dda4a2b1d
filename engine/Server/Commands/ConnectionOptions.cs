using System.CommandLine;

namespace ProductionOffice.Server.Commands;

/// <summary>Which office, and as whom.</summary>
internal sealed class ConnectionOptions
{
    public const string DefaultData = "data";

    public Option<string?> Server { get; } = new("--server") { Description = "Address of the office (else OFFICE_SERVER, else the local one)", HelpName = "url" };

    public Option<string?> TokenFile { get; } = new("--token-file") { Description = "File that holds the token (else OFFICE_TOKEN, else the local one)", HelpName = "file" };

    public Option<string?> Data { get; } = new("--data") { Description = "Data folder of the local office (default ./data)", HelpName = "dir" };

    public Option<string?> As { get; } = new("--as") { Description = "Account to act for; needs the token of the machine's owner", HelpName = "account" };

    public void AddTo(Command command)
    {
        command.Add(As);
        command.Add(Server);
        command.Add(TokenFile);
        command.Add(Data);
    }

    /// <summary>Opens the way to the office; no request is sent yet.</summary>
    /// <exception cref="CommandFailure">No office is known, or no token for it.</exception>
    public OfficeClient Connect(ParseResult parsed)
    {
        var folder = parsed.GetValue(Data) ?? parsed.GetValue(ServeCommand.RootData) ?? DefaultData;
        var local = LocalAccess.Read(folder);
        var server = parsed.GetValue(Server) ?? Environment.GetEnvironmentVariable("OFFICE_SERVER") ?? local?.Server
            ?? throw new CommandFailure(ExitCode.Unreachable, "office-unknown",
                $"No office runs on the data folder '{folder}', and no other is named.",
                "Start one with 'office serve', or name one with --server URL or OFFICE_SERVER.");
        if (!Uri.TryCreate(server, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw CommandFailure.Usage($"'{server}' is not an address of an office.", "Give one like http://127.0.0.1:5210.");

        return new OfficeClient(address, Token(parsed, address, local), parsed.GetValue(As));
    }

    private string? Token(ParseResult parsed, Uri address, LocalAccess? local)
    {
        if (parsed.GetValue(TokenFile) is { } file)
            return File.Exists(file) ? File.ReadAllText(file).Trim() : throw CommandFailure.NoFile(file, "Give the file that holds the token.");
        if (Environment.GetEnvironmentVariable("OFFICE_TOKEN") is { Length: > 0 } token)
            return token;

        // The owner's token is for the owner's own office and goes to no other address.
        return local is not null && new Uri(local.Server).GetLeftPart(UriPartial.Authority) == address.GetLeftPart(UriPartial.Authority) ? local.Token : null;
    }
}
