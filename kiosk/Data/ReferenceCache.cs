using System.Text.Json;

namespace ProductionOffice.Kiosk.Data;

/// <summary>The last list of the server, whole or not at all.</summary>
internal sealed class ReferenceCache(string directory)
{
    private readonly string _path = Path.Combine(directory, "reference.json");

    /// <summary>What is stored; null when nothing or when it cannot be understood: it comes again.</summary>
    public StoredReference? Load()
    {
        try
        {
            return File.Exists(_path) && JsonSerializer.Deserialize(File.ReadAllBytes(_path), KioskJson.Default.StoredReference) is { Data.People: not null, Data.Departments: not null, Data.Waiting: not null } stored ? stored : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public void Store(StoredReference reference) => DurableFile.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(reference, KioskJson.Default.StoredReference));
}
