import { answerJobs } from '../../machine/job-channel.mjs';
import { connect, receive } from './jobs.mjs';

answerJobs({ connect, receive });
