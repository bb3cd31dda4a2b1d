using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using ProductionOffice.Office.People;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Security;

/// <summary>Hashes and checks passwords; costs the same for accounts that do not exist.</summary>
internal sealed class Passwords
{
    public const int Shortest = 12;
    private const int Longest = 256;
    private const int Iterations = 210_000;

    private static readonly string[] Common =
        ["password", "passwort", "qwertyuiop", "1234567890", "letmein", "iloveyou", "administrator", "productionoffice", "changeme", "welcome"];

    private readonly PasswordHasher<string> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));
    private readonly Lazy<string> _nobody;

    public Passwords() => _nobody = new Lazy<string>(() => Hash("nobody", Secrets.NewToken()));

    public string Hash(string account, string password) => _hasher.HashPassword(account, password);

    /// <summary>Whether the password is the account's; <paramref name="account"/> may be null or without a password.</summary>
    public bool Verify(AccountRow? account, string password)
    {
        var tooLong = password.Length > Longest;
        var result = _hasher.VerifyHashedPassword(account?.Name ?? "nobody", account?.PasswordHash ?? _nobody.Value, tooLong ? "" : password);
        return account?.PasswordHash is not null && !tooLong && result != PasswordVerificationResult.Failed;
    }

    /// <summary>What is wrong with a new password, in a sentence; null when it is good.</summary>
    public static string? WhyNot(string password, Account account)
    {
        if (password.Length < Shortest)
            return $"A password needs at least {Shortest} characters; this one has {password.Length}. A sentence is easy to remember.";
        if (password.Length > Longest)
            return $"A password has at most {Longest} characters.";
        if (password.Distinct().Count() < 5)
            return "This password repeats too few characters. Use a sentence.";

        var plain = string.Concat(password.Where(char.IsLetterOrDigit)).ToLowerInvariant();
        return Common.Any(c => plain.StartsWith(c, StringComparison.Ordinal)) || plain.Contains(account.Name, StringComparison.OrdinalIgnoreCase)
            ? "This password is among the first that are guessed. Use a sentence that has nothing to do with the account."
            : null;
    }
}
