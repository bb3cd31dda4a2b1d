namespace ProductionOffice.Server.Studio;

/// <summary>What the designer's pages may load and run: files of this office, and nothing of another host.</summary>
internal static class StudioPolicy
{
    /// <summary>The one script that the pinned version writes into the page: its keys for undo, copy and paste.</summary>
    private const string Hotkeys = "'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc='";

    /// <summary>
    /// Scripts come from files, compiled code runs (<c>wasm-unsafe-eval</c>), text does not. The designer sets styles inline; its text editor
    /// starts workers from blobs.
    /// </summary>
    public const string Text =
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval' " + Hotkeys + "; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
        "worker-src 'self' blob:; manifest-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";
}
