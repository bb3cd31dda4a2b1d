using ProductionOffice.Expressions.JavaScript;

namespace ProductionOffice.Expressions;

/// <summary>
/// How much a value holds when it is written out. Lists that hold one list twice, again and again, are cheap to make and endless to write;
/// what an evaluation gives away is therefore measured.
/// </summary>
internal static class Extent
{
    private const int MaxDepth = 1000;

    /// <summary>Gives the value back unless it is larger than the budget allows.</summary>
    /// <exception cref="ExpressionException">Of kind <c>limit</c>.</exception>
    public static Value Bounded(Value value, Budget budget)
    {
        if (value.Reference is ListValue or ObjectValue)
        {
            var left = budget.MaxItems * 4L;
            if (!Fits(value, ref left, 0))
                throw new ExpressionException(ErrorKind.Limit, "The value is too large to be handed on.");
        }

        return value;
    }

    private static bool Fits(Value value, ref long left, int depth)
    {
        switch (value.Reference)
        {
            case string text:
                left -= text.Length >> 3;
                break;
            case ListValue list:
                left -= list.Count;
                if (left < 0 || Depth.IsTooDeep(depth, MaxDepth))
                    return false;
                foreach (var item in list.Span)
                {
                    if (item.Reference is not null && !Fits(item, ref left, depth + 1))
                        return false;
                }

                break;
            case ObjectValue fields:
                left -= fields.Count;
                if (left < 0 || Depth.IsTooDeep(depth, MaxDepth))
                    return false;
                for (var i = 0; i < fields.Count; i++)
                {
                    var field = fields.At(i).Value;
                    if (field.Reference is not null && !Fits(field, ref left, depth + 1))
                        return false;
                }

                break;
        }

        return left >= 0;
    }
}
