namespace ProductionOffice.Server.Studio;

/// <summary>What the designer's pages may load and run: files of this office, and nothing of another host.</summary>
internal static class StudioPolicy
{
    /// <summary>
    /// Scripts come from files alone, compiled code runs (<c>wasm-unsafe-eval</c>), text does not. The designer sets styles inline;
    /// its text editor starts workers from blobs.
    /// </summary>
    public const string Text =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
        "worker-src 'self' blob:; manifest-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
}
