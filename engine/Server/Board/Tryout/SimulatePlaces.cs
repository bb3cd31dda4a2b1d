using System.Collections.Concurrent;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Tryout;
using ProductionOffice.Server.Tryout.Simulating;

namespace ProductionOffice.Server.Board.Tryout;

/// <summary>Where runs of a version wait, found once for each text of it.</summary>
internal sealed class SimulatePlaces
{
    private const int Most = 50;
    private readonly ConcurrentDictionary<(string Version, string Revision), IReadOnlyList<SimulationPlace>> _known = new();

    public async Task<IReadOnlyList<SimulationPlace>> OfAsync(StoredDefinition definition, TryoutSetting setting, DateOnly day, CancellationToken cancellationToken)
    {
        var key = (definition.VersionId, definition.Revision);
        if (_known.TryGetValue(key, out var places))
            return places;

        if (_known.Count >= Most)
            _known.Clear();
        return _known[key] = await Simulation.FindPlacesAsync(setting, day, cancellationToken);
    }
}
