namespace ProductionOffice.Kiosk.Terminal;

/// <summary>A screen of cells with a keyboard, as raw bytes.</summary>
internal interface ITerminal
{
    /// <summary>Columns and rows now.</summary>
    (int Width, int Height) Size { get; }

    /// <summary>Waits for bytes.</summary>
    /// <param name="timeout">Milliseconds; -1 waits for ever.</param>
    /// <returns>How many came; 0 when the time is over, -1 when the terminal is gone.</returns>
    int Read(Span<byte> into, int timeout);

    /// <summary>Writes all bytes at once.</summary>
    void Write(ReadOnlySpan<byte> bytes);
}
