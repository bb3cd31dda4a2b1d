namespace ProductionOffice.Server.Board.Shared;

/// <summary>What stands around every page. View records are public because components are.</summary>
/// <param name="WorkingTitle">The show's code name; empty before an import.</param>
/// <param name="Who">Display name of who is signed in (or acted for); null on the sign-in page.</param>
/// <param name="Account">Account of <paramref name="Who"/>.</param>
/// <param name="Roles">Their roles in words.</param>
/// <param name="IsOwner">Whether the machine's owner is signed in and may choose whom to act for.</param>
/// <param name="ActAs">Accounts to choose from; empty for everybody else.</param>
/// <param name="Here">Path and query of this page.</param>
/// <param name="Moments">Says times.</param>
/// <param name="OnLoopback">Whether only this machine can reach the office, or the connection is encrypted.</param>
public sealed record Frame(
    string WorkingTitle, string? Who, string? Account, string Roles, bool IsOwner, IReadOnlyList<Choice> ActAs, string Here, Moments Moments, bool OnLoopback)
{
    /// <summary>Whether the last change found no room on the disk.</summary>
    public bool IsDiskFull { get; init; }
}

/// <summary>Something to pick from a list.</summary>
/// <param name="Value">What is sent.</param>
/// <param name="Label">What is read.</param>
public sealed record Choice(string Value, string Label);
