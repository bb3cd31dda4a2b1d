namespace ProductionOffice.Templates.Package;

/// <summary>What a template file may cost to read. Counted while inflating; what the directory says is only used to refuse early.</summary>
internal static class PackageLimits
{
    public const int Parts = 10_000;
    public const long InflatedBytes = 512L << 20;
    public const int ElementDepth = 256;

    /// <summary>The first MiB of a part is free of the ratio: small parts of even text compress well.</summary>
    private const long FreeOfRatio = 1L << 20;
    private const long Ratio = 200;

    public static long Allowed(long compressed) => Math.Min(InflatedBytes, FreeOfRatio + compressed * Ratio);

    public static TemplateException TooBig(string part) => new("D004",
        $"“{part}” would unpack to far more than an office document holds. The file was not opened; save it anew in Word or Excel.", part);
}
