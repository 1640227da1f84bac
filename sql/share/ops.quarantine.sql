-- Records that could not be read, without what is told of them: it may quote them.
select q.* replace ('' as detail) from origin.ops.quarantine as q
