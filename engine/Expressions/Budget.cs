using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace ProductionOffice.Expressions;

/// <summary>Limits of an evaluation: steps, list length, text length, time. Used by one thread at a time.</summary>
public sealed class Budget
{
    private int _depth;
    private int _stepsLeft;
    private long _started;

    /// <summary>Longest expression, in characters.</summary>
    public const int MaxSource = 16_384;

    /// <summary>Deepest nesting of an expression.</summary>
    public const int MaxNesting = 200;

    /// <summary>Steps an outermost evaluation may take; default 1,000,000.</summary>
    public int MaxSteps { get; init; } = 1_000_000;

    /// <summary>Items a list may have; default 1,000,000.</summary>
    public int MaxItems { get; init; } = 1_000_000;

    /// <summary>Characters a text may have; default 1,000,000.</summary>
    public int MaxText { get; init; } = 1_000_000;

    /// <summary>Time an outermost evaluation may take; default 2 s.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(2);

    internal void Enter()
    {
        if (_depth++ > 0)
            return;
        _stepsLeft = MaxSteps;
        _started = 0;
    }

    internal void Exit() => _depth--;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Step()
    {
        if ((--_stepsLeft & 1023) == 0 || _stepsLeft < 0)
            Check();
    }

    internal void Steps(int count)
    {
        var before = _stepsLeft;
        _stepsLeft -= count;
        if (_stepsLeft < 0 || before >> 10 != _stepsLeft >> 10)
            Check();
    }

    /// <summary>Refuses a text before it is made; all texts together are bounded through the steps they cost.</summary>
    internal void Text(double length)
    {
        if (length > MaxText)
            throw new ExpressionException(ErrorKind.Limit, $"A text would be longer than {MaxText:N0} characters.");
        if (length >= 64)
            Steps((int)length / 40);
    }

    /// <summary>Refuses a list before it is made; all lists together are bounded through the steps they cost.</summary>
    internal void List(double count)
    {
        if (count > MaxItems)
            throw new ExpressionException(ErrorKind.Limit, $"A list would have more than {MaxItems:N0} items.");
        if (count >= 4)
            Steps((int)count >> 2);
    }

    internal void CheckTime()
    {
        if (_started == 0)
            _started = Stopwatch.GetTimestamp();
        else if (Stopwatch.GetElapsedTime(_started) > MaxTime)
            throw new ExpressionException(ErrorKind.Limit, $"The expression takes longer than {MaxTime.TotalSeconds:0.#} s.");
    }

    private void Check()
    {
        if (_stepsLeft < 0)
            throw new ExpressionException(ErrorKind.Limit, $"The expression takes more than {MaxSteps:N0} steps.");
        CheckTime();
    }
}
