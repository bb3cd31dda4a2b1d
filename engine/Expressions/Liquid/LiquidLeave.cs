namespace ProductionOffice.Expressions.Liquid;

/// <summary>What is being left before its end.</summary>
internal enum LiquidLeaving : byte
{
    Nothing,

    /// <summary>This round of the loop: <c>continue</c>.</summary>
    Round,

    /// <summary>The loop: <c>break</c>.</summary>
    Loop,
}

internal sealed class LiquidLeave(LiquidLeaving what) : LiquidNode
{
    public override void Write(LiquidRun run) => run.Leaving = what;
}
