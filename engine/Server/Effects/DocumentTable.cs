using ProductionOffice.Server.Persistence.Postgres;

namespace ProductionOffice.Server.Effects;

/// <summary>Documents as rows of a store that many nodes share: whichever node is asked has them, and one backup holds all.</summary>
internal sealed class DocumentTable(PostgresDatabase database) : DocumentFiles
{
    public override Stream Open(string sha)
    {
        using var command = database.Source.CreateCommand("SELECT bytes FROM po_document_file WHERE sha256 = $1");
        command.Parameters.Add(new() { Value = sha });
        return command.ExecuteScalar() is byte[] bytes ? new MemoryStream(bytes, writable: false) : throw new FileNotFoundException($"The store has no document {sha}.");
    }

    protected override void Keep(string sha, ReadOnlySpan<byte> bytes)
    {
        using var command = database.Source.CreateCommand("INSERT INTO po_document_file (sha256, bytes) VALUES ($1, $2) ON CONFLICT (sha256) DO NOTHING");
        command.Parameters.Add(new() { Value = sha });
        command.Parameters.Add(new() { Value = bytes.ToArray() });
        command.ExecuteNonQuery();
    }
}
