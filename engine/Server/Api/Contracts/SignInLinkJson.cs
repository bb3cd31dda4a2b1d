namespace ProductionOffice.Server.Api.Contracts;

/// <summary>Body of <c>POST /office/v1/sign-in-links</c>.</summary>
internal sealed record MakeLink(string? Account = null);

/// <summary>A link that signs in once.</summary>
internal sealed record SignInLinkJson(string Url, string Account, DateTimeOffset ExpiresAt);
