using System.IO.Compression;
using System.Text.Json.Nodes;
using ProductionOffice.Engine.Activities;
using ProductionOffice.Engine.Storage;
using ProductionOffice.Server.Desk;
using ProductionOffice.Server.Persistence;

namespace ProductionOffice.Server.Api.Elsa.Definitions;

/// <summary>Definitions as files: out as JSON or as an archive of it, in as drafts, so that nothing goes live unseen.</summary>
internal static class DefinitionFilesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/workflow-definitions/{definitionId}/export", ExportAsync);
        api.MapPost("/bulk-actions/export/workflow-definitions", ExportManyAsync);
        var changes = api.MapGroup("/workflow-definitions").AddEndpointFilter(ElsaRefusal.CatchAsync);
        changes.MapPost("/import", ImportAsync);
        changes.MapPut("/{definitionId}/import", ImportAsync);
        changes.MapPost("/import-files", ImportFilesAsync);
    }

    private static async Task<IResult> ExportAsync(string definitionId, HttpContext http, WorkflowStore store, CancellationToken cancellationToken)
    {
        var stored = await store.FindAsync(definitionId, ElsaQuery.Text(http, "versionOptions") ?? "Latest", cancellationToken);
        return Results.Bytes(Bytes(stored), "application/json", FileName(stored));
    }

    /// <summary>An archive of the versions named by their own ids.</summary>
    private static async Task<IResult> ExportManyAsync(HttpContext http, WorkflowStore store, CancellationToken cancellationToken)
    {
        var ids = ElsaBulk.Texts(await ElsaBody.ReadAsync(http), "ids");
        var found = await store.FindManyAsync(ids, cancellationToken);
        return found.Count == 0
            ? throw OfficeProblem.NotFound("version of a workflow", string.Join(", ", ids), "Give the ids of versions.")
            : Results.Bytes(await ElsaArchive.OfAsync(found.Select(d => (FileName(d), Bytes(d))), cancellationToken), "application/zip", "workflow-definitions.zip");
    }

    private static async Task<IResult> ImportAsync(HttpContext http, DefinitionDesk desk, ActivityRegistry registry, CancellationToken cancellationToken)
    {
        http.Drawer();
        var model = await ElsaBody.ReadAsync(http);
        if (http.Request.RouteValues["definitionId"] is string definitionId)
            model["definitionId"] = definitionId;
        return ElsaJson.Answer(StudioForm.Of((await TakeAsync(model, desk, http, cancellationToken)).Definition, registry, mayDraw: true));
    }

    /// <summary>Files of JSON and archives of them. All are read before the first is taken.</summary>
    private static async Task<IResult> ImportFilesAsync(HttpContext http, DefinitionDesk desk, CancellationToken cancellationToken)
    {
        http.Drawer();
        var models = await ElsaArchive.ReadAsync(http, cancellationToken);
        foreach (var model in models)
            await TakeAsync(model, desk, http, cancellationToken);
        return ElsaJson.Answer(new { models.Count });
    }

    private static Task<Saved> TakeAsync(JsonObject model, DefinitionDesk desk, HttpContext http, CancellationToken cancellationToken)
    {
        if (model["root"] is not JsonObject)
            throw new OfficeProblem(422, "definition-unreadable", $"'{ElsaJson.Text(model["name"]) ?? ElsaJson.Text(model["definitionId"]) ?? "The file"}' is no workflow: it has no steps.", "Export it again. Nothing of it was taken.");

        // It was drawn from no version here, so it stands beside those there are.
        (model["customProperties"] as JsonObject)?.Remove(StoredForm.Revision);
        return desk.SaveAsync(model, publish: false, http, cancellationToken);
    }

    private static byte[] Bytes(StoredDefinition stored)
    {
        var json = StudioForm.Read(stored.Json);
        (json["id"], json["version"], json["isLatest"], json["isPublished"]) = (stored.VersionId, stored.Version, stored.IsLatest, stored.IsPublished);
        return System.Text.Encoding.UTF8.GetBytes(json.ToJsonString(new System.Text.Json.JsonSerializerOptions(ElsaJson.Options) { WriteIndented = true }));
    }

    private static string FileName(StoredDefinition stored) => $"{stored.DefinitionId}-v{stored.Version.ToString(System.Globalization.CultureInfo.InvariantCulture)}.json";
}

/// <summary>Archives of JSON files.</summary>
internal static class ElsaArchive
{
    private const int MostFiles = 500;

    public static async Task<byte[]> OfAsync(IEnumerable<(string Name, byte[] Bytes)> files, CancellationToken cancellationToken)
    {
        using var memory = new MemoryStream();
        using (var archive = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, bytes) in files)
            {
                await using var entry = archive.CreateEntry(name).Open();
                await entry.WriteAsync(bytes, cancellationToken);
            }
        }

        return memory.ToArray();
    }

    /// <summary>All JSON objects of an upload, those of archives too.</summary>
    /// <exception cref="OfficeProblem">It is no upload, or a file is no JSON.</exception>
    public static async Task<IReadOnlyList<JsonObject>> ReadAsync(HttpContext http, CancellationToken cancellationToken)
    {
        if (!http.Request.HasFormContentType)
            throw new OfficeProblem(415, "not-files", $"The body is '{http.Request.ContentType}'.", "Send files as multipart/form-data.");

        var found = new List<JsonObject>();
        foreach (var file in (await http.Request.ReadFormAsync(cancellationToken)).Files)
        {
            await using var stream = file.OpenReadStream();
            if (!file.FileName.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                found.Add(await ElsaBody.ParseAsync(stream, cancellationToken));
                continue;
            }

            using var archive = Open(stream, file.FileName);
            foreach (var entry in archive.Entries.Where(e => e.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Take(MostFiles))
            {
                if (entry.Length > ElsaBody.Largest)
                    throw new OfficeProblem(413, "too-large", $"'{entry.FullName}' is larger than 10 MB.", "Nothing was taken.");
                await using var content = entry.Open();
                found.Add(await ElsaBody.ParseAsync(content, cancellationToken));
            }
        }

        return found.Count > 0 ? found : throw new OfficeProblem(422, "files-missing", "There is no JSON file in it.", "Choose files that were exported here or from another Elsa.");
    }

    private static ZipArchive Open(Stream stream, string name)
    {
        try
        {
            return new ZipArchive(stream, ZipArchiveMode.Read);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException)
        {
            throw new OfficeProblem(422, "archive-unreadable", $"'{name}' is no archive that can be opened.", "Pack it again, or choose the JSON files. Nothing was taken.");
        }
    }
}
