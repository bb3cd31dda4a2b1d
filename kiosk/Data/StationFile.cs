using System.Security.Cryptography;
using System.Text.Json;
using ProductionOffice.Kiosk.Core;

namespace ProductionOffice.Kiosk.Data;

/// <summary>Which desk this is, with the token of its server. Read by several threads, written by one at a time.</summary>
internal sealed class StationFile
{
    // Without letters and digits that are taken for another when read from a label.
    private const string Letters = "23456789CFHJKMPRTVWX";
    private readonly string _path;
    private volatile StoredStation _current;

    /// <exception cref="KioskSetupException">The file is there but cannot be understood.</exception>
    public StationFile(string directory)
    {
        _path = Path.Combine(directory, "station.json");
        if (File.Exists(_path))
        {
            _current = Read(_path);
            return;
        }

        // Until a server gives a number the desk numbers its parcels under a name that no other desk will have.
        _current = new StoredStation("X" + RandomNumberGenerator.GetString(Letters, 3), "Front desk", "", null, null);
        Keep(_current);
    }

    public StoredStation Current => _current;

    public Station Station => new(_current.Kiosk, _current.Name, _current.Production, _current.Server, _current.Token is not null);

    public void Keep(StoredStation station)
    {
        DurableFile.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(station, KioskJson.Default.StoredStation));
        _current = station;
    }

    private static StoredStation Read(string path)
    {
        try
        {
            if (JsonSerializer.Deserialize(File.ReadAllBytes(path), KioskJson.Default.StoredStation) is { Kiosk.Length: > 0 } station)
                return station;
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new KioskSetupException($"{path} cannot be understood. Correct it, or move it away and pair this desk again.");
    }
}

/// <summary>The kiosk is set up wrongly; the message says how to put it right.</summary>
internal sealed class KioskSetupException(string message) : Exception(message);
