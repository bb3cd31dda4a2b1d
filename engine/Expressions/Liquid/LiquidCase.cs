namespace ProductionOffice.Expressions.Liquid;

/// <summary><c>case</c>: the first branch that names the value, else the last resort.</summary>
internal sealed class LiquidCase(LiquidExpression value, (LiquidExpression[] Wanted, LiquidNode[] Body)[] branches, LiquidNode[] otherwise) : LiquidNode
{
    public override void Write(LiquidRun run)
    {
        var found = value.Evaluate(run);
        foreach (var (wanted, body) in branches)
        {
            run.Context.Budget.Step();
            if (!Array.Exists(wanted, one => LiquidCondition.Same(found, one.Evaluate(run))))
                continue;
            WriteAll(body, run);
            return;
        }

        WriteAll(otherwise, run);
    }
}
