namespace ProductionOffice.Templates.Package;

/// <summary>One file of the package as the directory describes it; the bytes stay where they are.</summary>
internal sealed record ZipEntry(string Name, ushort Method, uint Crc, long CompressedSize, long Size, int DataOffset);
