namespace ProductionOffice.Templates.Package;

/// <summary>What a template file may cost to read. Counted while inflating; what the directory says is only used to refuse early.</summary>
internal static class PackageLimits
{
    public const int Parts = 10_000;
    public const long InflatedBytes = 512L << 20;
    public const int ElementDepth = 256;

    /// <summary>Of all parts with text and markup, which are read whole: some eight hundred pages, or half a million cells. Formulas cost most, some thirty times their letters.</summary>
    public const long TextBytes = 16L << 20;

    /// <summary>More than anybody writes; each costs far more memory than its letters.</summary>
    public const int Tags = 50_000;

    /// <summary>The first MiB of a part is free of the ratio: small parts of even text compress well.</summary>
    private const long FreeOfRatio = 1L << 20;
    private const long Ratio = 200;

    public static long Allowed(long compressed) => Math.Min(InflatedBytes, FreeOfRatio + compressed * Ratio);

    public static TemplateException TooLong(string part) => new("D004",
        $"“{part}” is too long: a template may have {TextBytes >> 20} MB of text and markup in all its parts together. The file was not opened; take out what is no template, or split it.", part);

    public static TemplateException TooManyTags(string? part) => new("D004", $"The template holds more than {Tags:N0} tags. Write a loop (#for, #row for) in place of tags that are repeated.", part);

    public static TemplateException TooBig(string part) => new("D004",
        $"“{part}” would unpack to far more than an office document holds. The file was not opened; save it anew in Word or Excel.", part);
}
