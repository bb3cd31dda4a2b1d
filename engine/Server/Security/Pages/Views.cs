namespace ProductionOffice.Server.Security.Pages;

/// <summary>The sign-in page.</summary>
/// <param name="Name">As typed.</param>
/// <param name="ReturnUrl">Where to go on.</param>
/// <param name="Problem">Why it did not work; null on a first look.</param>
public sealed record SignInView(string Name, string ReturnUrl, string? Problem);

/// <summary>The page of a sign-in link.</summary>
/// <param name="Who">Whom it lets in; null when it no longer does.</param>
/// <param name="Account">Their account.</param>
/// <param name="IsOwner">Whether it is the machine's owner.</param>
public sealed record SignInLinkView(string? Who, string Account, bool IsOwner);

/// <summary>One's own account.</summary>
/// <param name="Name">Account.</param>
/// <param name="HasPassword">Whether one was chosen.</param>
/// <param name="IsOwner">Whether the machine's owner acts for it.</param>
/// <param name="Problem">Why a change did not work.</param>
/// <param name="Done">What was changed.</param>
public sealed record AccountView(string Name, bool HasPassword, bool IsOwner, string? Problem, string? Done);
