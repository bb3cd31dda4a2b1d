using System.Text.Json;
using ProductionOffice.Kiosk.Core;
using ProductionOffice.Kiosk.Terminal;

namespace ProductionOffice.Kiosk.Data;

/// <summary>Does what the model asks for with disk and network, beside the desk's own thread.</summary>
internal sealed class DeskOutside(Journal journal, StationFile station, ServerClient server, SyncClient sync) : IOutside
{
    public void Do(Effect effect, Action<Msg> post)
    {
        switch (effect)
        {
            case Save save:
                _ = Task.Run(() => Keep(save, post));
                break;
            case Pair pair:
                _ = Task.Run(async () => post(await PairAsync(pair.Server, pair.Code, pair.Name, CancellationToken.None)));
                break;
            case SyncNow:
                sync.Force();
                break;
        }
    }

    /// <summary>Asks the server for a token and keeps it.</summary>
    public async Task<PairEnded> PairAsync(string address, string code, string name, CancellationToken cancel)
    {
        try
        {
            var answer = await server.PairAsync(address, code, name, cancel);
            if (string.IsNullOrWhiteSpace(answer.Kiosk) || string.IsNullOrWhiteSpace(answer.Token))
                return new PairEnded(null, $"What answers at {address} is not a production office.");

            station.Keep(station.Current with { Kiosk = answer.Kiosk, Name = name, Production = answer.Production ?? "", Server = address, Token = answer.Token });
            sync.Restart();
            return new PairEnded(station.Station, null);
        }
        catch (ServerRefusedException e)
        {
            return new PairEnded(null, e.Status == System.Net.HttpStatusCode.NotFound ? $"What answers at {address} is not a production office, or the code is not known." : $"The server refused: {e.Message}");
        }
        catch (JsonException)
        {
            return new PairEnded(null, $"What answers at {address} is not a production office.");
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return new PairEnded(null, $"No answer from {address}. Is the server running, is the address right?");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new PairEnded(null, $"The token could not be kept: {e.Message}");
        }
    }

    private void Keep(Save save, Action<Msg> post)
    {
        try
        {
            var record = journal.Append(station.Current.Kiosk, save.Type, save.Data);
            post(new Saved(new DeskEvent(record.Seq, record.Id, record.At, record.Mono, record.Type, save.Data)));
            sync.Nudge();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            post(new SaveFailed(e.Message));
        }
    }
}
