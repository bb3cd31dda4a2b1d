using System.Text;

namespace ProductionOffice.Expressions.Liquid;

/// <summary>A part of a Liquid text.</summary>
internal abstract class LiquidNode
{
    public static void WriteAll(LiquidNode[] nodes, LiquidRun run)
    {
        foreach (var node in nodes)
        {
            node.Write(run);
            if (run.Leaving != LiquidLeaving.Nothing)
                return;
        }
    }

    public abstract void Write(LiquidRun run);
}

internal sealed class LiquidText(string text) : LiquidNode
{
    public override void Write(LiquidRun run) => run.Write(text);
}

internal sealed class LiquidOutput(LiquidExpression value) : LiquidNode
{
    public override void Write(LiquidRun run) => run.Write(run.Print(value.Evaluate(run)));
}

internal sealed class LiquidAssign(string name, LiquidExpression value) : LiquidNode
{
    public override void Write(LiquidRun run) => run.Names.Set(name, value.Evaluate(run));
}

internal sealed class LiquidCapture(string name, LiquidNode[] body) : LiquidNode
{
    public override void Write(LiquidRun run)
    {
        var outer = run.Text;
        run.Text = new StringBuilder();
        WriteAll(body, run);
        run.Names.Set(name, Value.From(run.Text.ToString()));
        run.Text = outer;
    }
}

internal sealed class LiquidIf((LiquidCondition Test, LiquidNode[] Body)[] branches, LiquidNode[] otherwise) : LiquidNode
{
    public override void Write(LiquidRun run)
    {
        foreach (var (test, body) in branches)
        {
            run.Context.Budget.Step();
            if (!test.IsTrue(run))
                continue;
            WriteAll(body, run);
            return;
        }

        WriteAll(otherwise, run);
    }
}

internal sealed class LiquidFor(string name, LiquidExpression source, LiquidExpression? limit, LiquidExpression? offset, bool reversed, LiquidNode[] body, LiquidNode[] otherwise) : LiquidNode
{
    public override void Write(LiquidRun run)
    {
        var items = Items(run);
        if (items.Count == 0)
        {
            WriteAll(otherwise, run);
            return;
        }

        var hidden = run.Names[name];
        var outerLoop = run.Names["forloop"];
        for (var i = 0; i < items.Count; i++)
        {
            run.Context.Budget.Step();
            run.Names.Set(name, items[i]);
            run.Names.Set("forloop", Value.From(Loop(i, items.Count)));
            WriteAll(body, run);
            var isLast = run.Leaving == LiquidLeaving.Loop;
            run.Leaving = LiquidLeaving.Nothing;
            if (isLast)
                break;
        }

        Restore(run, name, hidden);
        Restore(run, "forloop", outerLoop);
    }

    private static void Restore(LiquidRun run, string name, Value value)
    {
        if (value.Kind == ValueKind.Undefined)
            run.Names.Remove(name);
        else
            run.Names.Set(name, value);
    }

    private List<Value> Items(LiquidRun run)
    {
        var value = source.Evaluate(run);
        var items = value.Kind switch
        {
            ValueKind.List => value.AsList().ToList(),
            ValueKind.Object => value.AsObject().Select(field => Value.From(new ListValue([Value.From(field.Key), field.Value]))).ToList(),
            ValueKind.String when value.AsString().Length > 0 => [value],
            _ => [],
        };
        run.Context.Budget.List(items.Count);
        var from = Math.Clamp(Count(offset, run, 0), 0, items.Count);
        items = items.GetRange(from, Math.Clamp(Count(limit, run, int.MaxValue), 0, items.Count - from));
        if (reversed)
            items.Reverse();
        return items;
    }

    private static int Count(LiquidExpression? expression, LiquidRun run, int otherwise) =>
        expression is null ? otherwise : (int)Math.Clamp(LiquidFilters.ToNumber(expression.Evaluate(run)), 0, int.MaxValue);

    private static ObjectValue Loop(int index, int count)
    {
        var loop = new ObjectValue();
        loop.Set("index", Value.From(index + 1.0));
        loop.Set("index0", Value.From((double)index));
        loop.Set("rindex", Value.From((double)count - index));
        loop.Set("rindex0", Value.From(count - index - 1.0));
        loop.Set("first", Value.From(index == 0));
        loop.Set("last", Value.From(index == count - 1));
        loop.Set("length", Value.From((double)count));
        return loop;
    }
}
