using ProductionOffice.Engine.Running;
using ProductionOffice.Expressions;

namespace ProductionOffice.Server.Effects.Web;

/// <summary>Closes an answer to a web request: the request that started or woke the burst had it when the burst was stored; when none did, nobody listens.</summary>
internal sealed class WebResponseEffect : IEffect
{
    public string Kind => "http-response";

    public Task<EffectResult> PerformAsync(OutboxMessage message, Value payload, CancellationToken cancellationToken) =>
        Task.FromResult(new EffectResult(static _ => { }, Value.Null));
}
