using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Effects;

/// <summary>Performs one kind of effect on the world.</summary>
internal interface IEffect
{
    /// <summary>The kind of outbox message it performs.</summary>
    string Kind { get; }

    /// <summary>Does it; doing the same message again must leave the same world.</summary>
    /// <exception cref="EffectFailedException">Trying again would not help until a person changes something.</exception>
    Task<EffectResult> PerformAsync(OutboxMessage message, Value payload, CancellationToken cancellationToken);
}

/// <summary>What an effect leaves behind.</summary>
/// <param name="Write">Rows to add in the transaction that marks the message as sent.</param>
/// <param name="Result">What the waiting activity gets.</param>
internal sealed record EffectResult(Action<OfficeDbContext> Write, Value Result);

/// <summary>An effect cannot be performed until a person changes something.</summary>
/// <param name="reason">What is wrong and what to do, for people.</param>
internal sealed class EffectFailedException(string reason) : Exception(reason);
