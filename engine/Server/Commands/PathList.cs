namespace ProductionOffice.Server.Commands;

/// <summary>Files named on a command line; a folder stands for the files in it.</summary>
internal static class PathList
{
    /// <param name="paths">Files and folders as given.</param>
    /// <param name="extensions">What is taken from folders, with the dot.</param>
    /// <exception cref="CommandFailure">A path is not there, or a folder holds none.</exception>
    public static IReadOnlyList<string> Expand(IEnumerable<string> paths, params string[] extensions)
    {
        var files = new List<string>();
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                var found = Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
                    .Where(f => extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase) && !Path.GetFileName(f).StartsWith("~$", StringComparison.Ordinal))
                    .Order(StringComparer.Ordinal).ToList();
                if (found.Count == 0)
                    throw new CommandFailure(ExitCode.NotFound, "file-not-found", $"The folder '{path}' holds no {string.Join(" or ", extensions)} file.", "Check the path.");
                files.AddRange(found);
            }
            else
            {
                files.Add(File.Exists(path) ? path : throw CommandFailure.NoFile(path, "Check the path."));
            }
        }

        return files;
    }
}
