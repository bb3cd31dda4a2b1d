namespace ProductionOffice.Kiosk.Tests.Data;

/// <summary>A directory that goes away with the test.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("kiosk-").FullName;

    public string Journal => System.IO.Path.Combine(Path, "journal-000001.jsonl");

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
