using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using ProductionOffice.Kiosk.Data;
using ProductionOffice.Office.Kiosks;

namespace ProductionOffice.Kiosk.Tests.Data;

/// <summary>What can go wrong with one request.</summary>
internal enum Trouble
{
    None, AnswerLost, Error500, Garbage, Unauthorized, BadBatch,
}

/// <summary>A server that keeps each record once, with faults on demand.</summary>
internal sealed class StubServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly HashSet<(string, long)> _keys = [];

    public StubServer()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            Address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = Task.Run(Serve);
    }

    public string Address { get; }

    /// <summary>Records kept, in the order they came.</summary>
    public ConcurrentQueue<KioskEvent> Kept { get; } = new();

    public ConcurrentQueue<Trouble> Troubles { get; } = new();

    public ConcurrentQueue<int> BatchSizes { get; } = new();

    public Func<KioskEvent, string?> Refuse { get; set; } = _ => null;

    public ReferenceData Reference { get; set; } = Office.Reference;

    public void Dispose() => _listener.Close();

    private async Task Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                Answer(context);
            }
            catch (HttpListenerException)
            {
                // The kiosk was killed meanwhile.
            }
        }
    }

    private void Answer(HttpListenerContext context)
    {
        var path = context.Request.Url!.AbsolutePath;
        using var reader = new StreamReader(context.Request.InputStream);
        var body = reader.ReadToEnd();
        var trouble = path.EndsWith("/events", StringComparison.Ordinal) && Troubles.TryDequeue(out var next) ? next : Trouble.None;
        if (path.EndsWith("/pair", StringComparison.Ordinal))
        {
            var asked = JsonSerializer.Deserialize(body, KioskJson.Default.PairRequest)!;
            if (asked.Code == "123456")
                Send(context, 200, JsonSerializer.Serialize(new PairAnswer("K1", "secret", "SALTWORK"), KioskJson.Default.PairAnswer));
            else
                Send(context, 403, "{\"title\":\"The code is wrong or too old.\"}");
            return;
        }

        if (trouble == Trouble.Unauthorized || context.Request.Headers["Authorization"] != "Bearer secret")
            Send(context, 401, "");
        else if (trouble == Trouble.Error500)
            Send(context, 500, "");
        else if (trouble == Trouble.Garbage)
            Send(context, 200, "<html>");
        else if (path.EndsWith("/reference", StringComparison.Ordinal))
            Send(context, context.Request.QueryString["version"] == Reference.Version ? 304 : 200, JsonSerializer.Serialize(Reference, KioskJson.Default.ReferenceData));
        else
            Take(context, JsonSerializer.Deserialize(body, KioskJson.Default.EventBatch)!, trouble);
    }

    private void Take(HttpListenerContext context, EventBatch batch, Trouble trouble)
    {
        BatchSizes.Enqueue(batch.Events.Count);
        if (trouble == Trouble.BadBatch || batch.Events.Any(e => Refuse(e) == "batch"))
        {
            Send(context, 400, "{\"detail\":\"Not a record.\"}");
            return;
        }

        var results = new List<EventResult>();
        foreach (var e in batch.Events)
        {
            var reason = Refuse(e);
            var isNew = reason is null && _keys.Add((e.Kiosk, e.Seq));
            if (isNew)
                Kept.Enqueue(e);
            results.Add(new EventResult(e.Seq, reason is not null ? "rejected" : isNew ? "accepted" : "duplicate", reason));
        }

        if (trouble == Trouble.AnswerLost)
            context.Response.Abort();
        else
            Send(context, 200, JsonSerializer.Serialize(new EventBatchAnswer(results), KioskJson.Default.EventBatchAnswer));
    }

    private static void Send(HttpListenerContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        if (status != 304)
            context.Response.OutputStream.Write(System.Text.Encoding.UTF8.GetBytes(body));
        context.Response.Close();
    }
}
