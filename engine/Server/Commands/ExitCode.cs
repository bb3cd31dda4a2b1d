namespace ProductionOffice.Server.Commands;

/// <summary>What the program tells the shell; scripts rely on the numbers.</summary>
internal static class ExitCode
{
    public const int Ok = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>A check, a template, a workflow, a test case or a value was found wrong.</summary>
    public const int Invalid = 3;
    public const int NotAllowed = 4;
    public const int NotFound = 5;

    /// <summary>Somebody was first, or it exists already.</summary>
    public const int Conflict = 6;
    public const int Timeout = 7;
    public const int Unreachable = 8;

    /// <summary>Of several things some failed; they are listed.</summary>
    public const int Partly = 9;

    /// <summary>Stopped by Ctrl+C; safe to repeat.</summary>
    public const int Interrupted = 130;

    /// <summary>The code for an answer of the server.</summary>
    public static int Of(int status, string code) => (status, code) switch
    {
        (_, "idempotency-mismatch") => Conflict,
        (400 or 413 or 415 or 422, _) => Invalid,
        (401 or 403, _) => NotAllowed,
        (404, _) => NotFound,
        (409 or 410 or 412, _) => Conflict,
        (408 or 504, _) => Timeout,
        (502 or 503, _) => Unreachable,
        _ => Failed,
    };
}
