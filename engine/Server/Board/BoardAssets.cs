using System.Security.Cryptography;

namespace ProductionOffice.Server.Board;

/// <summary>Style and icon: in the program itself, named by their hash, so that browsers keep them until they change.</summary>
internal static class BoardAssets
{
    private static readonly Dictionary<string, (byte[] Bytes, string Type)> Files = [];

    /// <summary>Address of the style sheet.</summary>
    public static string Style { get; } = Load("board.css", "text/css; charset=utf-8");

    /// <summary>Address of the icon.</summary>
    public static string Icon { get; } = Load("icon.svg", "image/svg+xml");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/assets/{name}", (string name, HttpContext context) =>
    {
        if (!Files.TryGetValue(name, out var file))
            return Results.NotFound();

        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return Results.Bytes(file.Bytes, file.Type);
    }).AllowAnonymous();

    /// <summary>Takes a file that was built into the program under the name <c>board.NAME</c>; its address.</summary>
    public static string Load(string name, string type)
    {
        using var stream = typeof(BoardAssets).Assembly.GetManifestResourceStream("board." + name)
            ?? throw new InvalidOperationException($"The program was built without board.{name}.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray();
        var hashed = $"{Path.GetFileNameWithoutExtension(name)}.{Convert.ToHexStringLower(SHA256.HashData(bytes))[..12]}{Path.GetExtension(name)}";
        Files[hashed] = (bytes, type);
        return "/assets/" + hashed;
    }
}
