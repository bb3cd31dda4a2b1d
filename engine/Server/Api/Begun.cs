using ProductionOffice.Engine.Definitions;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Api;

/// <summary>What stood before a command, noted before it is done: one that was cut off between doing and remembering sees by the note that it was done.</summary>
internal static class Begun
{
    /// <summary>Notes which version stood; returns the note of an earlier try of the same command, or null when this is the first.</summary>
    /// <param name="http">The request.</param>
    /// <param name="key">As <see cref="Once"/> gives it; null notes nothing.</param>
    /// <param name="version">0 for none.</param>
    public static async Task<int?> NoteAsync(HttpContext http, string? key, int version)
    {
        if (key is null)
            return null;

        var services = http.RequestServices;
        var store = services.GetRequiredService<WorkflowStore>();
        if (await store.FindCommandAsync(key, http.RequestAborted) is { } earlier)
            return System.Text.Json.JsonSerializer.Deserialize<int>(earlier.Response);

        var note = new StoredCommand(key, "begun", "", System.Text.Json.JsonSerializer.Serialize(version), services.GetRequiredService<TimeProvider>().GetUtcNow());
        await store.WriteAsync(async context =>
        {
            if (await context.Commands.FindAsync([key], CancellationToken.None) is null)
                context.Commands.Add(note);
        }, CancellationToken.None);
        return null;
    }

    /// <summary>Whether a stored version says what a text says, its number and state apart.</summary>
    public static bool IsSame(StoredDefinition stored, string json)
    {
        var definition = DefinitionReader.Read(json);
        (definition.Id, definition.Version, definition.IsLatest, definition.IsPublished) = (stored.VersionId, stored.Version, stored.IsLatest, stored.IsPublished);
        return DefinitionWriter.Write(definition) == DefinitionWriter.Write(DefinitionReader.Read(stored.Json));
    }
}
