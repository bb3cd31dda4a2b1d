namespace ProductionOffice.Kiosk.Data;

/// <summary>A plug to pull: while it is out every request fails at once.</summary>
internal sealed class NetworkSwitch(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    public bool IsUp { get; set; } = true;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        IsUp ? base.SendAsync(request, cancellationToken) : throw new HttpRequestException("The network is down.");
}
